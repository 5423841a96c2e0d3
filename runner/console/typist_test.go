//go:build linux || darwin

package console

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"
)

// typing asks a typist for keys every ms milliseconds until Enter, and returns
// them with the time they took.
func typing(t *testing.T, text string, perChar time.Duration, every time.Duration) ([]string, time.Duration) {
	t.Helper()
	who := newTypist(t.Context(), text, perChar)
	var k keys
	var pressed []string
	start := time.Now()
	for now := start; now.Sub(start) < time.Hour; now = now.Add(every) {
		key := who.key(&k, true, now)
		if string(key) == "\r" {
			return pressed, now.Sub(start)
		}
		if key != nil {
			pressed = append(pressed, string(key))
		}
	}
	require.Fail(t, "no Enter")
	return nil, 0
}

func TestTypistTypesByCharacter(t *testing.T) {
	pressed, took := typing(t, "a你e\u0301👩‍👩‍👧!", 50*time.Millisecond, time.Millisecond)
	assert.Equal(t, []string{"a", "你", "e\u0301", "👩‍👩‍👧", "!"}, pressed)
	assert.Greater(t, took, 6*25*time.Millisecond, "a pause before each and before Enter")
	assert.Less(t, took, 6*76*time.Millisecond)
}

func TestTypistKeepsItsPaceWhateverTheEditors(t *testing.T) {
	line := strings.Repeat("0123456789", 40)
	_, took := typing(t, line, time.Millisecond, 20*time.Millisecond)
	assert.InDelta(t, 400, took.Milliseconds(), 80)
	pressed, took := typing(t, line, 0, 20*time.Millisecond)
	assert.Equal(t, []string{line}, pressed)
	assert.Equal(t, 20*time.Millisecond, took)
}

func TestTypistIsIrregularAndTheSameEachTime(t *testing.T) {
	pauses := func() (all []time.Duration) {
		who := newTypist(t.Context(), "a line", 100*time.Millisecond)
		for range 20 {
			all = append(all, who.pause())
		}
		return all
	}
	first := pauses()
	assert.NotEqual(t, first[0], first[1])
	assert.Equal(t, first, pauses())
}

func TestTypistDoesNotThrowOutWhatItMissed(t *testing.T) {
	who := newTypist(t.Context(), "0123456789", 50*time.Millisecond)
	var k keys
	now := time.Now()
	assert.Nil(t, who.key(&k, true, now))
	assert.Equal(t, "0", string(who.key(&k, true, now.Add(time.Minute))), "the program was stopped for a minute")
	assert.Nil(t, who.key(&k, true, now.Add(time.Minute)))
}

// go-prompt would fail at a wake that finds a suggestion chosen of which
// complete knows no more.
func TestTypistEmptiesTheLineBeforeAnyWake(t *testing.T) {
	var ends [2]int
	require.NoError(t, unix.Pipe(ends[:]))
	t.Cleanup(func() { _, _ = unix.Close(ends[0]), unix.Close(ends[1]) })
	require.NoError(t, unix.SetNonblock(ends[0], true))
	p := &parser{fd: ends[0], raw: true, choosing: true, chunk: make([]byte, 16)}
	who := newTypist(t.Context(), "x", time.Second)
	who.first = emptyLine
	p.seat(who)
	p.wake()
	key, err := p.Read()
	require.NoError(t, err)
	assert.Equal(t, emptyLine[:1], key)
	key, err = p.Read()
	require.NoError(t, err)
	assert.Equal(t, wakeKey, key)
}

func TestTypistThatIsEndedDropsTheLine(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	who := newTypist(ctx, "0123456789", time.Millisecond)
	var k keys
	now := time.Now()
	who.key(&k, true, now)
	assert.Equal(t, "0", string(who.key(&k, true, now.Add(time.Millisecond*3/2)))[:1])
	cancel()
	assert.Equal(t, "\x03", string(who.key(&k, true, now)))
	assert.False(t, who.broken, "nobody pressed it")
}
