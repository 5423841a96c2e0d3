package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

var bigPage = Options{Big: true}

func showBig(r *Renderer) {
	r.Title("Lesson 3 · Again", "step 2 of 8")
	r.Markdown("A paragraph.\n\n- one\n- two\n")
	r.Task(facts[:2])
	r.Choices("Which?", []string{"this", "that"})
	r.Next("next", "hint")
}

func TestABigPageIsSetWideApart(t *testing.T) {
	golden(t, 80, bigPage, `
    Lesson 3 · Again                                             step 2 of 8
    ────────────────────────────────────────────────────────────────────────

    A paragraph.

    · one

    · two

    Task   ✓ held     you hung up first

           ✗ not yet  the kernel refused the port
                      seen: `+"`bind`"+` answered 0
                      try: bind again before the minute is over
    Which?

      a) this

      b) that

    Next   next · hint
`, showBig)
	golden(t, 40, bigPage, `
Lesson 3 · Again             step 2 of 8
────────────────────────────────────────

A paragraph.

· one

· two

Next   next
`, func(r *Renderer) {
		r.Title("Lesson 3 · Again", "step 2 of 8")
		r.Markdown("A paragraph.\n\n- one\n- two\n")
		r.Next("next")
	})
	assert.Contains(t, shown(50, bigPage, func(r *Renderer) { r.Paragraph(words.Raw("x")) }), "  x\n")
}

func TestABigPageHasAMarginAndNoLongLines(t *testing.T) {
	long := strings.Repeat("words and more of them ", 20)
	for _, width := range []int{200, 80, 59, 44, 43, 40, 20} {
		for _, lang := range words.Langs {
			got := shown(width, Options{Big: true, Lang: lang}, func(r *Renderer) {
				showBig(r)
				r.Paragraph(words.Raw(long))
				r.Note(words.Raw(strings.Repeat("汉字", 60)))
			})
			fits(t, width, got)
			assert.NotContains(t, got, "\n\n\n", "one empty line is enough")
			lead := margin(width)
			for _, l := range strings.Split(strings.TrimSuffix(got, "\n"), "\n") {
				assert.True(t, l == "" || strings.HasPrefix(l, spaces(lead)), "%q", l)
				assert.LessOrEqual(t, Width(l), lead+bigText)
			}
		}
	}
	assert.Equal(t, []int{4, 4, 2, 2, 0}, []int{margin(80), margin(60), margin(59), margin(44), margin(43)})
}

func TestPicturesOnABigPageFit(t *testing.T) {
	board := StateBoard{kernel.Listen: {Now: 1}}
	assert.Contains(t, shown(80, bigPage, func(r *Renderer) { r.Board(board) }), "▼", "it is drawn, and behind a margin")
	assert.Contains(t, shown(79, bigPage, func(r *Renderer) { r.Board(board) }), "▼", "drawn: the margin gives way")
	ladder := Ladder{Left: "phone", Right: "conn", Rungs: []Rung{{Left: "connect", Segment: "SYN", ToRight: true}}}
	for _, width := range []int{62, 61, 60} {
		assert.Contains(t, shown(width, bigPage, func(r *Renderer) { r.Ladder(ladder) }), "── SYN", "%d", width)
	}
	assert.Contains(t, shown(59, bigPage, func(r *Renderer) { r.Ladder(ladder) }), "phone sends SYN to conn")

	events := []netlab.Event{{Op: netlab.OpClose, Sock: 1, FD: 9}}
	golden(t, 80, bigPage, `
    close(9) = 0                      phone

`, func(r *Renderer) { r.Calls(events, Sockets{1: {Label: "phone"}}) })
	_, all := strange()
	list, _ := strange()
	for _, width := range []int{120, 80, 62, 40, 20} {
		for _, lang := range words.Langs {
			fits(t, width, shown(width, Options{Big: true, Lang: lang}, func(r *Renderer) {
				r.Calls(list, SocketsOf(all))
				r.Trace(list, 3)
				r.Sockets(all, 0)
				r.Ladder(BuildLadder(list, all[0], all[1]))
			}))
		}
	}
}
