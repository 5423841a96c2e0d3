package view

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/runner/words"
)

// shown is what a renderer without colour prints at a width.
func shown(width int, opts Options, show func(r *Renderer)) string {
	var b bytes.Buffer
	opts.Width = func() int { return width }
	show(New(&b, opts))
	return b.String()
}

// fits asserts that no line is wider than the width, and that nothing in the
// text controls a terminal.
func fits(t *testing.T, width int, text string) {
	t.Helper()
	for _, l := range strings.Split(text, "\n") {
		assert.LessOrEqual(t, Width(l), width, "%q", l)
		assert.Equal(t, l, Clean(l))
		assert.Equal(t, strings.TrimRight(l, " "), l, "a line ends with spaces")
	}
}

// golden asserts what is printed at a width; the wanted text begins with a
// line end for the eye.
func golden(t *testing.T, width int, opts Options, want string, show func(r *Renderer)) {
	t.Helper()
	got := shown(width, opts, show)
	assert.Equal(t, strings.TrimPrefix(want, "\n"), got)
	fits(t, width, got)
}

var chinese = Options{Lang: words.Chinese}
