//go:build linux || darwin

package console

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"
)

// childType runs the commands of the child that type: a word, the pause in
// milliseconds and the line.
func childType(con Console, line string) bool {
	word, rest, _ := strings.Cut(line, " ")
	pause, text, _ := strings.Cut(rest, " ")
	ms, _ := strconv.Atoi(pause)
	perChar := time.Duration(ms) * time.Millisecond
	text = strings.ReplaceAll(text, "|", "\n")
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(nil)
	ended := func(then func()) {
		_, _ = os.NewFile(4, "end").Read(make([]byte, 1))
		then()
	}
	switch word {
	case "clear":
		con.Clear()
		return true
	case "type":
	case "type-quietly":
		ctx = NoHistory(ctx)
	case "type-until":
		go ended(func() { cancel(errors.New("too late")) })
	case "type-panic":
		Go(con, func() { ended(func() { panic("in a goroutine") }) })
	case "type-later":
		fmt.Fprintln(con.Out(), "waiting")
		ended(func() {})
	case "type-after": // a ReadLine that was ended
		brief, end := context.WithCancelCause(context.Background())
		go ended(func() { end(errors.New("too late")) })
		_, err := con.ReadLine(brief, "brief> ")
		fmt.Fprintln(con.Out(), "brief:", err)
	case "type-clear":
		go ended(con.Clear)
	default:
		return false
	}
	command, stop := con.WithInterrupt(context.Background())
	defer stop()
	err := con.Type(ctx, "lab> ", text, perChar)
	fmt.Fprintln(con.Out(), "typed:", err, "command:", context.Cause(command))
	return true
}
