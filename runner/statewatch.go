package runner

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// How often the table is read again: for the eye, and where each change is a
// line of its own; and how long nothing may change before the latter ends.
const (
	redrawPause = 500 * time.Millisecond
	changePause = 25 * time.Millisecond
	changeQuiet = time.Second
)

// maxWatchOwners is maxOwners for a table that is read twice a second.
const maxWatchOwners = 3

// watchStates shows the table until ctx ends, or, without a person, each change
// until there is none. Who listens to a screen reader is told each change until
// ctx ends.
func (s *Session) watchStates(ctx context.Context, q stateQuery, asJSON bool) error {
	if s.con.Interactive() && !asJSON && !s.out.Plain() && os.Getenv("TERM") != "dumb" {
		return s.drawStates(ctx, q)
	}
	return s.listChanges(ctx, q, asJSON)
}

// drawStates draws the table again and again in its place.
func (s *Session) drawStates(ctx context.Context, q stateQuery) error {
	place := stateScreen{out: s.con.Out(), paint: s.out.Paint}
	tick := time.NewTicker(redrawPause)
	defer tick.Stop()
	for {
		cols, rows := s.con.Size()
		if err := place.draw(s.stateFrame(q, cols, rows), cols); err != nil {
			return err
		}
		select {
		case <-ctx.Done(): // Ctrl-C is how one leaves
			return nil
		case <-tick.C:
		}
	}
}

// stateFrame is the table as lines that fit into a window.
func (s *Session) stateFrame(q stateQuery, cols, rows int) []view.Line {
	t := s.stateTable(q)
	head := view.S(view.Dim, s.out.Say(words.F("  the kernel's table, %.1f s · Ctrl-C ends", s.bench.lab.Now().Seconds())))
	lines := []view.Line{head}
	room := max(rows-3, 1) // the heading, the line about the rest, the cursor
	n := min(len(t.entries), room)
	all := s.stateRows(t.entries[:n], maxWatchOwners)
	body := s.out.StateLines(all)
	for len(body) > room && n > 1 { // rows of several lines
		n--
		body = s.out.StateLines(all[:n])
	}
	if n == 0 {
		body = []view.Line{view.L(s.out.Say(words.F("  nothing is there")))}
	}
	lines = append(lines, body[:min(len(body), room)]...)
	if n < len(t.entries) {
		lines = append(lines, view.S(view.Dim, "  "+s.out.Say(s.out.MoreStates(countStates(t.entries[n:])))))
	} else if notes := t.notes(); len(notes) > 0 {
		lines = append(lines, view.S(view.Dim, "  "+s.out.Say(notes[0])))
	}
	for i := range lines {
		lines[i] = s.out.CutLine(lines[i], cols)
	}
	return lines
}

// A stateScreen is lines on a terminal that are drawn over again.
type stateScreen struct {
	out    io.Writer
	widths []int // of the lines that stand there
	paint  func(view.Line) string
}

// draw writes the lines over those that it wrote before, and wipes out what is
// left of them (ECMA-48: CUU, EL, ED).
func (p *stateScreen) draw(lines []view.Line, cols int) error {
	var b strings.Builder
	up := 0
	for _, w := range p.widths { // a window made narrower has folded its lines
		up += max(1, (w+cols-1)/max(cols, 1))
	}
	if up > 0 {
		fmt.Fprintf(&b, "\r\x1b[%dA", up)
	}
	p.widths = p.widths[:0]
	for _, l := range lines {
		b.WriteString("\x1b[2K" + p.paint(l) + "\n") // wiped first: behind a full line there is no place to do it
		p.widths = append(p.widths, l.Width())
	}
	b.WriteString("\x1b[J")
	_, err := io.WriteString(p.out, b.String())
	return err
}

// stateKey names what a line is about, so that it is found again.
func (e *stateEntry) key() string {
	if e.row.Remote.Port() == 0 || e.row.Proto != kernel.TCP {
		return fmt.Sprint(e.row.Proto, e.row.Local, e.row.Sock, e.row.Inode)
	}
	return fmt.Sprint(e.row.Local, e.row.Remote)
}

// listChanges prints the table as it is and then a line for each change.
func (s *Session) listChanges(ctx context.Context, q stateQuery, asJSON bool) error {
	known := map[string]stateEntry{}
	tick := time.NewTicker(changePause)
	defer tick.Stop()
	quiet := time.Now()
	for first := true; ; first = false {
		t := s.stateTable(q)
		changes := stateChanges(known, t.entries, first)
		for i := range changes {
			s.printChange(&changes[i], asJSON)
			quiet = time.Now()
		}
		if first && !asJSON {
			for _, text := range t.notes() {
				s.out.Note(text)
			}
		}
		if time.Since(quiet) >= changeQuiet && !(s.con.Interactive() && s.out.Plain()) {
			return nil
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// A stateChange is an entry and what has become of it.
type stateChange struct {
	stateEntry
	event string // there, new, changed, gone
	was   kernel.State
}

// stateChanges holds the table against what was known, and brings that up to
// date.
func stateChanges(known map[string]stateEntry, now []stateEntry, first bool) []stateChange {
	var changes []stateChange
	there := make(map[string]bool, len(now))
	for _, e := range now {
		key := e.key()
		there[key] = true
		old, ok := known[key]
		known[key] = e
		switch {
		case first:
			changes = append(changes, stateChange{e, "there", kernel.Unknown})
		case !ok:
			changes = append(changes, stateChange{e, "new", kernel.Unknown})
		case old.row.State != e.row.State:
			changes = append(changes, stateChange{e, "changed", old.row.State})
		}
	}
	for key, e := range known {
		if !there[key] {
			delete(known, key)
			changes = append(changes, stateChange{e, "gone", e.row.State})
		}
	}
	return changes
}

func (s *Session) printChange(c *stateChange, asJSON bool) {
	if asJSON {
		s.printJSON(struct {
			Event string `json:"event"`
			Was   string `json:"was,omitempty"`
			stateObject
		}{c.event, c.was.String(), stateJSON(&c.stateEntry)})
		return
	}
	row := s.stateRow(&c.stateEntry, false)
	switch c.event {
	case "new":
		row.About = append([]words.Text{words.F("new")}, row.About...)
	case "changed":
		row.About = append([]words.Text{words.F("was %s", c.was.String())}, row.About...)
	case "gone":
		row.About, row.Whole = []words.Text{words.F("gone")}, 0
	}
	s.out.States([]view.StateRow{row})
}
