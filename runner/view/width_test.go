package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/runner/words"
)

func TestWidthCountsCells(t *testing.T) {
	for s, want := range map[string]int{
		"": 0, "abc": 3, "你好": 4, "é": 1, "e\u0301": 1, "→…─·": 4, "👨‍👩‍👧": 2, "ｆ": 2, "한국": 4,
	} {
		assert.Equal(t, want, Width(s), "%q", s)
	}
}

func TestCutAndPad(t *testing.T) {
	assert.Equal(t, "abc", Cut("abc", 3, "…"))
	assert.Equal(t, "ab…", Cut("abcd", 3, "…"))
	assert.Equal(t, "你…", Cut("你好吗", 4, "…"))
	assert.Equal(t, "你…", Cut("你好吗", 3, "…"))
	assert.Empty(t, Cut("你好", 1, ""))
	assert.Equal(t, "a", Cut("abcd", 1, "..."))
	assert.Equal(t, "e\u0301", Cut("e\u0301e\u0301", 1, ""))
	assert.Equal(t, "你 ", Pad("你", 3))
	assert.Equal(t, " 你", PadLeft("你", 3))
	assert.Equal(t, "你好", Pad("你好", 3))
	r := New(nil, Options{ASCII: true})
	assert.Equal(t, "a...", r.Cut("abcdef", 4))
}

func TestCleanLeavesNothingThatControlsATerminal(t *testing.T) {
	for s, want := range map[string]string{
		"plain 你好 👨‍👩‍👧":   "plain 你好 👨‍👩‍👧",
		"\x1b[31mred":      `\x1b[31mred`,
		"a\r\nb\tc\a\x00":  `a\r\nb\tc\x07\x00`,
		"\x7f\u0085\u009b": `\x7f\x85\x9b`,
		"\u202eabc\u2066":  `\u202eabc\u2066`,
		"\u200b\ufeff":     `\u200b\ufeff`,
		"\xff\xfe ok":      `\xff\xfe ok`,
		"\u2028":           `\u2028`,
		"\U000e0041":       `\U000e0041`,
		"\ufffd":           "\ufffd",
	} {
		assert.Equal(t, want, Clean(s), "%q", s)
		assert.Equal(t, Clean(s), Clean(Clean(s)))
	}
	assert.Equal(t, "a\nb   c\n    \\x1b", CleanLines("a\r\nb\tc\n\t\x1b"))
	assert.Equal(t, "你  x", CleanLines("你\tx"))
}

func lines(r *Renderer, first, text string, width int) []string {
	var out []string
	for _, l := range r.Wrap(L(first), L(text), width) {
		out = append(out, l.Text())
	}
	return out
}

func TestWrap(t *testing.T) {
	r := New(nil, Options{})
	for name, c := range map[string]struct {
		first, text string
		width       int
		want        []string
	}{
		"words":            {"", "one two three", 8, []string{"one two", "three"}},
		"exact":            {"", "one two three", 7, []string{"one two", "three"}},
		"spaces hang over": {"", "one two   three", 7, []string{"one two", "three"}},
		"a hanging indent": {"- ", "one two three", 10, []string{"- one two", "  three"}},
		"no room to hang":  {"- ", "one two", 5, []string{"- one", "two"}},
		"a long word":      {"", "a 0123456789 b", 7, []string{"a", "0123456", "789 b"}},
		"line ends":        {"> ", "a\n\nb", 20, []string{"> a", "", "  b"}},
		"Chinese":          {"", "内核拒绝了这个端口。", 8, []string{"内核拒绝", "了这个端", "口。"}},
		"Chinese marks":    {"", "内核拒绝了。对", 10, []string{"内核拒绝", "了。对"}},
		"mixed":            {"", "在TIME_WAIT中", 10, []string{"在", "TIME_WAIT", "中"}},
		"one cell":         {"", "ab", 1, []string{"a", "b"}},
		"no cell":          {"", "ab", 0, []string{"a", "b"}},
		"graphemes":        {"", "👨‍👩‍👧👨‍👩‍👧", 3, []string{"👨‍👩‍👧", "👨‍👩‍👧"}},
		"nothing":          {"x ", "", 20, []string{"x"}},
		"control":          {"", "a\x1bb", 20, []string{`a\x1bb`}},
	} {
		t.Run(name, func(t *testing.T) {
			assert.Equal(t, c.want, lines(r, c.first, c.text, c.width))
		})
	}
}

func TestWrapKeepsTheLookOfItsText(t *testing.T) {
	got := New(nil, Options{}).Wrap(nil, Join(L("one "), S(Good, "two three"), L(" four")), 8)
	assert.Equal(t, []Line{
		{{Text: "one "}, {Text: "two", Style: Good}},
		{{Text: "three", Style: Good}},
		{{Text: "four"}},
	}, got)
}

func TestASCIIHasNoSymbols(t *testing.T) {
	r := New(nil, Options{ASCII: true})
	all := SymHeld + SymFailed + SymOpen + SymStands + SymPair + SymEllipsis + SymRule + SymBar + SymRight + SymLeft + SymDot
	for _, c := range r.Sym(all + "┌┼╰━→≤“—”×█▕") {
		assert.Less(t, c, rune(128), "%q", c)
	}
	assert.Equal(t, "[x]...<->-", r.Sym("✓…⇄─"))
	assert.Equal(t, "他说“好”，再见", r.Sym("他说“好”，再见"), "Chinese marks are no symbols")
	assert.Equal(t, all, New(nil, Options{}).Sym(all))
}

func TestNothingIsWiderThanTheTerminal(t *testing.T) {
	hostile := "x\x1b]0;t\a 你好，世界！ " + strings.Repeat("长", 30) + " https://example.org/" + strings.Repeat("a", 90) + "\u202e end"
	for _, width := range []int{2, 3, 5, 7, 12, 20, 39, 40, 41, 80} {
		for _, opts := range []Options{{}, {ASCII: true}, chinese} {
			fits(t, width, shown(width, opts, func(r *Renderer) {
				r.Title(hostile, "step 3 · bind")
				r.Paragraph(words.Raw(hostile))
				r.Note(words.Raw(hostile))
				r.Next(hostile, hostile)
				r.Bullets(words.Raw(hostile))
				r.Expands(hostile)
				r.Task([]FactLine{{Words: hostile, Known: true, Seen: hostile, Try: hostile}, {Words: "x"}})
				r.Error(Trouble{Line: 1, Source: hostile, Col: 70, Kind: "KindOfError", Tag: "EX 1", Text: words.Raw(hostile)})
				r.Choices(hostile, []string{hostile, "b"})
				r.Markdown(document + "\n\n" + hostile)
			}))
		}
	}
}

func TestOneColumnIsSurvived(t *testing.T) {
	got := shown(1, Options{}, func(r *Renderer) {
		r.Task(facts)
		r.Markdown(document)
	})
	assert.Contains(t, got, "T\na\ns\nk\n")
}
