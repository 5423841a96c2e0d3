//go:build linux || darwin

package console

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
)

// The tests of the line editor run this binary again, on a terminal of its
// own, as a program with a prompt.
const childEnv = "SOCKLAB_CONSOLE_CHILD"

func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		os.Exit(child())
	}
	goleak.VerifyTestMain(m,
		// A read of a pipe that nobody writes to cannot be stopped.
		goleak.IgnoreAnyFunction("github.com/socklab/socklab/runner/console.(*plain).fetch.func1"))
}

// leaving and left are closed when child closes the console, and has closed it.
var leaving, left = make(chan struct{}), make(chan struct{})

func child() int {
	con, err := Open(Options{
		Plain:    os.Getenv("CHILD_PLAIN") != "",
		Color:    os.Getenv("CHILD_COLOR") != "",
		History:  os.Getenv("CHILD_HISTORY"),
		Complete: childComplete,
		Cleanup: func() {
			if os.Getenv("CHILD_LEAVES_EARLY") != "" {
				<-leaving
				// Time to exit for whoever is not held.
				select {
				case <-left:
					select {}
				case <-time.After(100 * time.Millisecond):
				}
			}
			fmt.Println("cleaned up")
		},
	})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	defer func() {
		close(leaving)
		_ = con.Close()
		close(left)
	}()
	// What is written to descriptor 3 appears as the output of a server would.
	go func() {
		if os.Getenv(childEnv) != "events" {
			return
		}
		events := bufio.NewScanner(os.NewFile(3, "events"))
		for events.Scan() {
			fmt.Fprintln(con.Out(), "[server] "+events.Text())
		}
	}()
	ps := "lab> "
	for {
		line, err := con.ReadLine(context.Background(), ps)
		switch {
		case errors.Is(err, io.EOF):
			fmt.Fprintln(con.Out(), "end of input")
			return 0
		case errors.Is(err, ErrInterrupted):
			fmt.Fprintln(con.Out(), "interrupted")
		case err != nil:
			fmt.Fprintln(con.Out(), err)
			return 1
		case line == "quit":
			return 0
		case strings.HasPrefix(line, "ps "):
			ps = strings.ReplaceAll(line[3:], "|", "\n") + " "
		default:
			childRun(con, line)
		}
	}
}

func childComplete(before string) []Suggestion {
	words := []Suggestion{{"send", "send bytes"}, {"sendto", "send a datagram"}, {"setsockopt", "发送前设置选项"}}
	i := strings.LastIndexAny(before, Separators)
	if before[i+1:] == "boom" {
		panic("no such word")
	}
	var list []Suggestion
	for _, w := range words {
		if strings.HasPrefix(w.Text, before[i+1:]) {
			list = append(list, w)
		}
	}
	return list
}

func childRun(con Console, line string) {
	out := con.Out()
	if childType(con, line) {
		return
	}
	switch line {
	case "block":
		ctx, stop := con.WithInterrupt(context.Background())
		defer stop()
		fmt.Fprintln(out, "blocking")
		<-ctx.Done()
		fmt.Fprintln(out, "over:", context.Cause(ctx))
	case "inherited":
		fds, err := exec.Command("ls", "-l", "/proc/self/fd").CombinedOutput()
		fmt.Fprintln(out, "inherited terminals:", strings.Count(string(fds), "/dev/tty"), err)
	case "half":
		fmt.Fprint(out, "no newline here")
	case "size":
		cols, rows := con.Size()
		fmt.Fprintln(out, cols, rows)
	case "pending":
		next, ok := con.Pending()
		fmt.Fprintf(out, "pending %q %v\n", next, ok)
	case "brief": // a ReadLine that an event ends
		ctx, cancel := context.WithCancelCause(context.Background())
		fmt.Fprintln(out, "brief")
		go func() {
			b := make([]byte, 1)
			_, _ = os.NewFile(4, "end").Read(b)
			cancel(errors.New("too late"))
		}()
		_, err := con.ReadLine(ctx, "brief> ")
		fmt.Fprintln(out, "brief:", err)
	case "answer":
		got, err := con.ReadLine(NoHistory(context.Background()), "answer? ")
		fmt.Fprintf(out, "answered %q %v\n", got, err)
	case "panic":
		Go(con, func() { panic("in a goroutine") })
		select {}
	default:
		if len(line) > 1000 {
			line = fmt.Sprintf("%d bytes", len(line))
		}
		fmt.Fprintf(out, "got %q\n", line)
	}
}
