package view

import (
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/runner/words"
)

// NotesPage is what the second terminal of a presentation shows of where it
// stands.
type NotesPage struct {
	Lesson    int
	Title     string // of the lesson
	Steps     int    // how many there are
	Step      int    // from 1; 0 in the introduction
	StepID    string
	StepTitle string
	Notes     []string // Markdown
	Task      []string // what is to hold, Markdown
	Held      []bool   // which of them hold
	Solution  string   // code; "" if there is none
	Demo      int      // how many inputs of the demo were typed; -1: none runs
	Answers   []string // the questions with their answers, Markdown
	Next      string   // the next step's title, "" after the last
	Ended     bool     // the lesson is over
}

// Notes prints the page for the instructor: where the presentation stands, the
// notes, the task and its solution, the answers, what comes next. It writes piece
// by piece; [Renderer.Together] gathers them.
func (r *Renderer) Notes(n NotesPage) {
	r.Title(r.Lang().T("Lesson %d · %s", n.Lesson, oneLine(n.Title)), r.notesPlace(n))
	if n.StepTitle != "" {
		r.Label(words.Raw(oneLine(n.StepTitle)))
	}
	r.notesText(n)
	if len(n.Task) > 0 {
		r.Blank()
		r.Task(notesFacts(n))
	}
	if strings.TrimSpace(n.Solution) != "" {
		r.Blank()
		r.Label(words.F("Solution"))
		r.Code(n.Solution)
	}
	r.notesDemo(n.Demo)
	r.notesAnswers(n.Answers)
	r.Blank()
	r.notesNext(n)
}

// notesPlace is how far the presentation is.
func (r *Renderer) notesPlace(n NotesPage) string {
	lang := r.Lang()
	switch {
	case n.Ended:
		return lang.T("the lesson is over")
	case n.Step <= 0:
		return lang.T("introduction, then %d steps", n.Steps)
	}
	return lang.T("step %d of %d · %s", n.Step, n.Steps, oneLine(n.StepID))
}

func (r *Renderer) notesText(n NotesPage) {
	r.Blank()
	switch {
	case len(n.Notes) == 0 && n.Step <= 0:
		r.Paragraph(words.F("There are no notes on the introduction."))
	case len(n.Notes) == 0:
		r.Paragraph(words.F("There are no notes on this step."))
	}
	for i, text := range n.Notes {
		if i > 0 {
			r.Blank()
		}
		r.Markdown(text)
	}
}

func notesFacts(n NotesPage) []FactLine {
	facts := make([]FactLine, len(n.Task))
	for i, text := range n.Task {
		held := i < len(n.Held) && n.Held[i]
		facts[i] = FactLine{Words: text, Known: held, Held: held}
	}
	return facts
}

func (r *Renderer) notesDemo(typed int) {
	if typed < 0 {
		return
	}
	r.Blank()
	r.Note(words.F("A demo runs: Enter on the other terminal types line %d.", typed+1))
}

func (r *Renderer) notesAnswers(answers []string) {
	var list strings.Builder
	for _, a := range answers {
		if a = strings.TrimSpace(a); a != "" {
			list.WriteString("- " + strings.ReplaceAll(a, "\n", "\n  ") + "\n")
		}
	}
	if list.Len() == 0 {
		return
	}
	r.Blank()
	r.Label(words.F("Questions and answers"))
	r.Markdown(list.String())
}

func (r *Renderer) notesNext(n NotesPage) {
	lang := r.Lang()
	switch {
	case n.Ended:
		r.Next(lang.T("nothing: the lesson is over"))
	case n.Next != "":
		r.Next(lang.T("step %d · %s", max(n.Step, 0)+1, oneLine(n.Next)))
	default:
		r.Next(lang.T("the end of the lesson"))
	}
}

// Clock is one line about the time of a presentation, narrower than the terminal
// by a cell, so that it can be written over: what was used of the total, what is left, and how far that is from an
// even pace, which has step k of n between (k-1)/n and k/n of the time. A minute
// from it is not worth a word. Where there is little room it says less.
func (r *Renderer) Clock(used, total time.Duration, step, steps int, ended bool) string {
	c := clock{r: r, used: max(used, 0), total: max(total, 0), step: step, steps: steps, ended: ended}
	width := max(r.Width()-1, 1)
	line := ""
	for _, line = range c.forms() {
		if line = r.Sym(line); Width(line) <= width {
			return line
		}
	}
	return r.Cut(line, width)
}

// clock is the time of a presentation.
type clock struct {
	r           *Renderer
	used, total time.Duration
	step, steps int
	ended       bool
}

// forms are all that is said in the words there is room for, the longest first.
func (c clock) forms() []string {
	lang := c.r.Lang()
	used, total := c.length(c.used), c.length(c.total)
	long, short := lang.T("%s of %s", used, c.plan()), used+"/"+total
	if c.r.opts.Plain {
		short = long // a slash is not read as words
	}
	pace, brief := c.pace()
	switch {
	case c.ended:
		return []string{c.line(lang.T("the lesson is over"), lang.T("%s since its start", used)), lang.T("the lesson is over")}
	case c.total == 0:
		return []string{used}
	case c.used > c.total:
		over := lang.T("%s over", c.length(c.used-c.total))
		return []string{c.line(long, over), c.line(short, over), over}
	}
	left := lang.T("%s left", c.length(c.total-c.used))
	return []string{c.line(long, left, pace), c.line(long, left, brief), c.line(short, left, brief), c.line(left, brief), left}
}

// line puts pieces behind one another; with sentences for pictures it is one.
func (c clock) line(pieces ...string) string {
	var said []string
	for _, p := range pieces {
		if p != "" {
			said = append(said, p)
		}
	}
	if c.r.opts.Plain {
		lang := c.r.Lang()
		return strings.Join(said, lang.T(", ")) + lang.T(".")
	}
	return strings.Join(said, " "+SymDot+" ")
}

// pace is how far the presentation is from an even one, in more and in fewer
// words; "" if that is nothing to speak of.
func (c clock) pace() (long, short string) {
	if c.step < 1 || c.steps < 1 {
		return "", ""
	}
	lang := c.r.Lang()
	step := min(c.step, c.steps)
	late := c.used - c.total*time.Duration(step)/time.Duration(c.steps)
	early := c.total*time.Duration(step-1)/time.Duration(c.steps) - c.used
	switch {
	case late > time.Minute:
		return lang.T("%s behind an even pace", c.length(late)), lang.T("%s behind", c.length(late))
	case early > time.Minute:
		return lang.T("%s ahead of an even pace", c.length(early)), lang.T("%s ahead", c.length(early))
	}
	return "", ""
}

// plan is the time there is: "25 min".
func (c clock) plan() string {
	if c.total%time.Minute != 0 {
		return c.length(c.total)
	}
	return c.r.Lang().T("%d min", int(c.total/time.Minute))
}

// length is "12:03", or with sentences for pictures "12 min 3 s".
func (c clock) length(d time.Duration) string {
	seconds := int(d / time.Second)
	if c.r.opts.Plain {
		return c.r.Lang().T("%d min %d s", seconds/60, seconds%60)
	}
	return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
}
