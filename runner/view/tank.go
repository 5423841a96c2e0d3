package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// tankCells is how wide the picture of a tank is, and tankMin the narrowest
// terminal that has one: the numbers stand beside it.
const (
	tankCells  = 12
	tankMin    = 60
	fileRoom   = 8192 // of a file's buffer, see netlab.File
	tankColumn = 20
)

// A tankRow is one place where bytes can be.
type tankRow struct {
	place words.Text
	level int // -1: nothing is known of it
	room  int // 0: no picture
	text  words.Text
}

// Tanks prints where the bytes of sockets are: on their way in, kernel, file
// and program; on their way out, file and kernel.
func (r *Renderer) Tanks(list []netlab.Tank) {
	if len(list) == 0 {
		r.Paragraph(words.F("No socket is connected that could hold bytes. `connect` makes one."))
		return
	}
	if r.opts.Plain {
		r.tanksPlain(list)
		return
	}
	r, done := r.canvas(tankMin)
	defer done()
	var lines []Line
	for i, t := range list {
		if i > 0 {
			lines = append(lines, nil)
		}
		lines = append(lines, r.tankLines(t)...)
	}
	r.Print(lines...)
}

func (r *Renderer) tankLines(t netlab.Tank) []Line {
	name := t.Label
	if name == "" {
		name = fmt.Sprintf("#%d", t.ID)
	}
	head := Join(L("  "), S(Name, Clean(name)), L("  "+KindName(t.SocketInfo)+"  "))
	lines := r.Wrap(r.ready(head), r.ready(S(Dim, Ends(t.SocketInfo))), r.Width())
	if t.Closed {
		return append(lines, r.Wrap(L("    "), S(Dim, r.Say(words.F("closed: what was in its tanks is gone"))), r.Width())...)
	}
	lines = append(lines, r.tankSide(words.F("coming in"), tankIn(t))...)
	return append(lines, r.tankSide(words.F("going out"), tankOut(t))...)
}

func (r *Renderer) tankSide(heading words.Text, rows []tankRow) []Line {
	lines := r.Wrap(L("  "), S(Heading, r.Say(heading)), r.Width())
	for _, row := range rows {
		lines = append(lines, r.tankLine(row)...)
	}
	return lines
}

// tankLine is "kernel's queue  ▕█      ▏ 12 bytes, for recv".
func (r *Renderer) tankLine(row tankRow) []Line {
	if r.Width() < tankMin {
		return r.Wrap(L("    "), Join(S(Code, r.Say(row.place)), L(": "), L(r.Say(row.text))), r.Width())
	}
	gauge := spaces(tankCells + 2)
	if row.room > 0 {
		filled := min((row.level*tankCells+row.room-1)/row.room, tankCells)
		gauge = "▕" + strings.Repeat("█", filled) + spaces(tankCells-filled) + "▏"
	}
	head := Join(L("    "), S(Code, Pad(r.Say(row.place), tankColumn)), S(Accent, gauge), L(" "))
	return r.Wrap(r.ready(head), r.ready(L(r.Say(row.text))), r.Width())
}

// tankIn is the way of bytes from the other end to the program.
func tankIn(t netlab.Tank) []tankRow {
	kernel := tankRow{words.F("the kernel's queue"), t.Unread, max(t.Receive, 0), words.F("%d bytes, for recv to take", t.Unread)}
	if t.Messages() {
		kernel.text = words.F("the next message has %d bytes", t.Unread)
		if t.Memory >= 0 {
			kernel.level = t.Memory
			kernel.text = words.F("the next message has %d bytes; the queue takes up %d of %d bytes of memory", t.Unread, t.Memory, t.Receive)
		}
		if t.Unread == 0 && t.Memory <= 0 {
			kernel.text = words.F("empty")
		}
	}
	rows := []tankRow{kernel}
	if t.Drops >= 0 {
		rows = append(rows, tankRow{place: words.F("no room"), text: words.F("%d messages were thrown away", t.Drops)})
	}
	if f := t.Files; f.MostAhead > 0 {
		rows = append(rows, tankRow{words.F("the file's buffer"), f.Ahead, fileRoom, words.F("%d bytes, for readline and read to take", f.Ahead)})
	}
	return append(rows, tankRow{place: words.F("taken"), text: words.F("%d bytes by the program", t.Taken())})
}

// tankOut is the way of bytes from the program to the other end.
func tankOut(t netlab.Tank) []tankRow {
	var rows []tankRow
	if f := t.Files; f.MostUnsent > 0 {
		rows = append(rows, tankRow{words.F("the file's buffer"), f.Unsent, fileRoom, words.F("%d bytes, for flush to send", f.Unsent)})
	}
	rows = append(rows, tankRow{place: words.F("sent"), text: words.F("%d bytes given to the kernel", t.Counts.Out)})
	if t.Out >= 0 {
		rows = append(rows, tankRow{words.F("the kernel's queue"), t.Out, max(t.Send, 0), words.F("%d of them not acknowledged yet", t.Out)})
	}
	return rows
}
