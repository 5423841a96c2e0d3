package code

import (
	"context"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var seeds = []string{
	"", "x = 1", "send it's (fine", "f'{x!r:>{w}} {{}} {y=}'", "import a.b as c, d", "from x import (a,\n b)",
	"if x:\n\tdel y[1:2], z\nelse: global q", "'''a\nb''' 'c'", "x is not None", "b = bytearray(b'ab')\nb[0:1] = b'x'\nb[::-1] = b\ndel b[0]\nb += b * 2 % ()", "load（1）", "b'\\x00' rb'\\d'", "@x\n$?`", "x \\\n y",
	">>> x\n... y", "\u3000\u00a0\ufeff", "def f(*a, **k):\n  return lambda **k: k", "(((((", "fr'{'", "0x_1e+5", "class A: try: yield",
}

// The scan may overwrite a line but never change its width: the places of all
// errors rest on that.
func FuzzScanKeepsWidths(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		s := scan([]rune(text), pos{1, 1}, verbs, nil)
		before, after := strings.Split(text, "\n"), strings.Split(string(s.text), "\n")
		require.Len(t, after, len(before))
		for i := range before {
			assert.Equal(t, utf8.RuneCountInString(before[i]), utf8.RuneCountInString(after[i]), "line %d", i+1)
		}
		More(text, verbs)
	})
}

// Whatever is typed, Run ends and gives an error that has been thought of.
func FuzzRunNeverPanics(f *testing.F) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		cfg := Config{IsVerb: verbs, Command: func(context.Context, string) error { return nil }}
		err := New(cfg).Run(ctx, Source{Text: text, Echo: true})
		if err != nil {
			assert.NotContains(t, err.Error(), "a fault of this program", "%q", text)
			var e *Error
			require.ErrorAs(t, err, &e)
			e.CaretCells()
		}
	})
}
