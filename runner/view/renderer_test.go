package view

import (
	"bytes"
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

func TestColoursAreOnlyThereIfAskedFor(t *testing.T) {
	show := func(r *Renderer) {
		r.Title("a", "b")
		r.Task(facts)
		r.Markdown("# H\n\n*a* **b** `c` <http://x>\n")
		r.Error(Trouble{Source: "x", Col: 1, Kind: "E", Tag: "T", Text: words.Raw("x")})
	}
	plain, coloured := shown(80, Options{}, show), shown(80, Options{Color: true}, show)
	assert.NotContains(t, plain, "\x1b")
	assert.Contains(t, coloured, "\x1b[")
	assert.NotContains(t, coloured, "`c`", "with colour inline code needs no marks")

	t.Setenv("NO_COLOR", "1")
	assert.Equal(t, coloured, shown(80, Options{Color: true}, show), "a renderer does what it is told")
}

func TestEachStyleIsReadableOnAnyGround(t *testing.T) {
	p := newPalette(Options{Color: true})
	for s := Heading; s < styles; s++ {
		painted := p.paint(s, "x")
		assert.NotEqual(t, "x", painted, "style %d", s)
		for _, bad := range []string{"\x1b[34", "\x1b[37", "\x1b[93", "\x1b[97", "\x1b[30"} {
			assert.NotContains(t, painted, bad)
		}
	}
	assert.Equal(t, "x", p.paint(Plain, "x"))
	assert.Equal(t, "x", p.paint(styles+3, "x"))
}

// writes counts the writes it gets.
type writes struct {
	mu   sync.Mutex
	list []string
}

func (w *writes) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = append(w.list, string(b))
	return len(b), nil
}

func TestWholeLinesAreWrittenAtOnce(t *testing.T) {
	var w writes
	r := New(&w, Options{Width: func() int { return 20 }})
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			r.SetLang(words.Chinese)
			r.Task(facts)
			r.SetLang(words.English)
		})
	}
	group.Wait()
	assert.Len(t, w.list, 8)
	for _, s := range w.list {
		assert.True(t, strings.HasSuffix(s, "\n"))
	}
	r.SetLang("xx")
	assert.Equal(t, words.English, r.Lang())
}

type broken struct{}

var errBroken = errors.New("broken")

func (broken) Write([]byte) (int, error) { return 0, errBroken }

func TestTheWritersErrorIsKept(t *testing.T) {
	r := New(broken{}, Options{})
	require.NoError(t, r.Err())
	r.Blank()
	require.ErrorIs(t, r.Err(), errBroken)
}

func TestWithoutAWidthThereAreEightyColumns(t *testing.T) {
	assert.Equal(t, 80, New(&bytes.Buffer{}, Options{}).Width())
	assert.Equal(t, 80, New(&bytes.Buffer{}, Options{Width: func() int { return 0 }}).Width())
}
