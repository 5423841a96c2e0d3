package view

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
	"github.com/socklab/socklab/runner/words"
)

// gaugeCells is how wide the picture of a pipe is, and gaugeMin the narrowest
// terminal that has one: the numbers stand beside it.
const (
	gaugeCells = 10
	gaugeMin   = 60
	commandMin = 20 // cells of a command line that are shown at least
)

// Children prints the programs that the lab has started: number, name, state,
// command, and under each the pipes to it.
func (r *Renderer) Children(list []netlab.ChildInfo) {
	if len(list) == 0 {
		r.Paragraph(words.F("No program was started. `popen ls -l` starts one."))
		return
	}
	if r.opts.Plain {
		r.childrenPlain(list)
		return
	}
	r, done := r.canvas(gaugeMin)
	defer done()
	var lines []Line
	for _, c := range list {
		head := Join(L("  "+PadLeft(strconv.Itoa(c.Pid), 6)+"  "), S(Name, Pad(r.Cut(orDash(Clean(c.Label)), 10), 10)+" "))
		text := L(r.Say(childState(c)))
		room := max(r.Width()-head.Width()-text.Width()-2, commandMin)
		text = Join(text, L("  "), S(Dim, r.Cut(Clean(c.Command), room)))
		lines = append(lines, r.Wrap(r.ready(head), r.ready(text), r.Width())...)
		for _, p := range c.Pipes {
			lines = append(lines, r.Wrap(L("    "), r.ready(r.pipeLine(c, p)), r.Width())...)
		}
	}
	r.Print(lines...)
}

func childState(c netlab.ChildInfo) words.Text {
	switch c.State {
	case process.Zombie:
		return words.F("zombie: it has ended, nobody has waited for it")
	case process.Stopped:
		return words.F("stopped")
	case process.Ended:
		if c.Exceeded != "" {
			return words.F("killed: over its limit (%s)", c.Exceeded)
		}
		return exitText(c.Code)
	}
	if c.Sleep.Call != "" {
		return words.F("running, sleeps in %s", c.Sleep.Call)
	}
	return words.F("running")
}

func exitText(code int) words.Text {
	if code < 0 {
		return words.F("killed by %s", SignalName(-code))
	}
	return words.F("exit %d", code)
}

// SignalName is SIGKILL for 9; the number of what has no name.
func SignalName(n int) string {
	if name := unix.SignalName(unix.Signal(n)); name != "" {
		return name
	}
	return strconv.Itoa(n)
}

// pipeLine is "stdout ▕████    ▏ 65536 of 65536 bytes: full".
func (r *Renderer) pipeLine(c netlab.ChildInfo, p netlab.PipeInfo) Line {
	name := S(Code, Pad(p.Name, 6)+" ")
	switch {
	case p.FD < 0 || p.Level < 0:
		return Join(name, S(Dim, r.Say(pipeState(c, p))))
	case p.Capacity <= 0 || r.Width() < gaugeMin:
		return Join(name, L(r.Say(pipeState(c, p))))
	}
	filled := (p.Level*gaugeCells + p.Capacity - 1) / p.Capacity
	gauge := "▕" + strings.Repeat("█", min(filled, gaugeCells)) + spaces(gaugeCells-min(filled, gaugeCells)) + "▏"
	return Join(name, S(Accent, gauge), L(" "+r.Say(pipeState(c, p))))
}

// pipeState says how full a pipe is.
func pipeState(c netlab.ChildInfo, p netlab.PipeInfo) words.Text {
	switch {
	case p.FD < 0:
		return words.F("closed here")
	case p.Level < 0:
		return words.F("open")
	case p.Capacity <= 0:
		return words.F("%d bytes", p.Level)
	case p.Full() && c.Sleep.Call == "write" && (c.Sleep.On == p.Of || c.Sleep.FD < 0 && p.Of > 0):
		return words.F("%d of %d bytes: full; the child sleeps in write", p.Level, p.Capacity)
	case p.Full():
		return words.F("%d of %d bytes: full", p.Level, p.Capacity)
	}
	return words.F("%d of %s", p.Level, byteCount(p.Capacity))
}
