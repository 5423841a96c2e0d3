package console

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func readAll(t *testing.T, con Console) ([]string, error) {
	t.Helper()
	var lines []string
	for {
		line, err := con.ReadLine(t.Context(), "lab> ")
		if err != nil {
			return lines, err
		}
		lines = append(lines, line)
	}
}

func TestPlainReadsLines(t *testing.T) {
	long := strings.Repeat("长", 1<<20/3)
	tests := []struct {
		name, in string
		want     []string
	}{
		{"nothing", "", nil},
		{"lines", "a\nb\n", []string{"a", "b"}},
		{"a last line without its ending", "a\nb", []string{"a", "b"}},
		{"CRLF", "a\r\n\r\nb\r", []string{"a", "", "b"}},
		{"a carriage return within", "a\rb\n", []string{"a\rb"}},
		{"NUL and invalid UTF-8", "a\x00b\n\xff\xfe\n", []string{"a\x00b", "\xff\xfe"}},
		{"spaces", "  a  \n\t\n", []string{"  a  ", "\t"}},
		{"a megabyte", long + "\nb\n", []string{long, "b"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var out bytes.Buffer
			con := NewPlain(strings.NewReader(tt.in), &out)
			lines, err := readAll(t, con)
			assert.ErrorIs(t, err, io.EOF)
			assert.Equal(t, tt.want, lines)
			assert.Empty(t, out.String(), "no prompt: nobody types")
			assert.False(t, con.Interactive())
			_, err = con.ReadLine(t.Context(), "")
			assert.ErrorIs(t, err, io.EOF, "an end stays an end")
		})
	}
}

func TestPlainGivesUpOnAnEndlessLine(t *testing.T) {
	con := NewPlain(endless{}, io.Discard)
	_, err := con.ReadLine(t.Context(), "")
	assert.ErrorIs(t, err, ErrTooLong)
}

type endless struct{}

func (endless) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = 'x'
	}
	return len(b), nil
}

func TestPlainReportsAReadError(t *testing.T) {
	broken := errors.New("broken")
	con := NewPlain(io.MultiReader(strings.NewReader("a\n"), failing{broken}), io.Discard)
	lines, err := readAll(t, con)
	assert.Equal(t, []string{"a"}, lines)
	assert.ErrorIs(t, err, broken)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestPlainLineOfACancelledReadGoesToTheNext(t *testing.T) {
	r, w := io.Pipe()
	con := NewPlain(r, io.Discard)
	t.Cleanup(func() { _ = w.Close() })

	why := errors.New("the command is over")
	ctx, cancel := context.WithCancelCause(t.Context())
	cancel(why)
	_, err := con.ReadLine(ctx, "")
	require.ErrorIs(t, err, why)

	ctx, cancel = context.WithCancelCause(t.Context())
	time.AfterFunc(time.Millisecond, func() { cancel(why) })
	_, err = con.ReadLine(ctx, "")
	require.ErrorIs(t, err, why)

	go func() { _, _ = io.WriteString(w, "late\nmore\n") }()
	lines := make([]string, 2)
	for i := range lines {
		lines[i], err = con.ReadLine(t.Context(), "")
		require.NoError(t, err)
	}
	assert.Equal(t, []string{"late", "more"}, lines)
}

func TestPlainPendingLooksAhead(t *testing.T) {
	con := NewPlain(strings.NewReader("a\n\nb"), io.Discard)
	for _, want := range []string{"a", "", "b"} {
		for range 2 {
			line, ok := con.Pending()
			assert.True(t, ok)
			assert.Equal(t, want, line)
		}
		line, err := con.ReadLine(t.Context(), "")
		require.NoError(t, err)
		assert.Equal(t, want, line)
	}
	_, ok := con.Pending()
	assert.False(t, ok, "the input has ended")
}

func TestPlainPendingWaitsForAPipe(t *testing.T) {
	r, w, err := os.Pipe()
	require.NoError(t, err)
	con := NewPlain(r, io.Discard)
	t.Cleanup(func() { _ = r.Close() })
	time.AfterFunc(time.Millisecond, func() {
		_, _ = w.WriteString("late\n")
		_ = w.Close()
	})
	line, ok := con.Pending()
	assert.True(t, ok)
	assert.Equal(t, "late", line)
}

func TestPlainCloseEndsAReadLineThatWaits(t *testing.T) {
	r, w := io.Pipe()
	t.Cleanup(func() { _ = w.Close() })
	con := NewPlain(r, io.Discard)
	time.AfterFunc(time.Millisecond, func() { _ = con.Close() })
	_, err := con.ReadLine(t.Context(), "")
	require.ErrorIs(t, err, ErrClosed)
	require.NoError(t, con.Close(), "closing again does nothing")
	_, ok := con.Pending()
	assert.False(t, ok)
}

func TestPlainOutIsForAnyGoroutine(t *testing.T) {
	var out bytes.Buffer
	con := NewPlain(strings.NewReader(""), &out)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 100 {
				_, err := io.WriteString(con.Out(), "a whole line\n")
				assert.NoError(t, err)
			}
		})
	}
	all.Wait()
	assert.Equal(t, strings.Repeat("a whole line\n", 800), out.String())
}

func TestInterruptEndsContextsAndNothingElse(t *testing.T) {
	p := newPlain(strings.NewReader(""), io.Discard)
	p.interrupt()

	outer, stopOuter := p.WithInterrupt(t.Context())
	defer stopOuter()
	inner, stopInner := p.WithInterrupt(outer)
	stopInner()
	require.ErrorIs(t, context.Cause(inner), context.Canceled)
	require.NoError(t, outer.Err(), "a Ctrl-C before the command is not for it")

	p.interrupt()
	<-outer.Done()
	assert.ErrorIs(t, context.Cause(outer), ErrInterrupted)
	stopOuter()
	assert.Empty(t, p.ctrlC.cancel, "nothing is kept of a context that is over")
}

func TestSizeIsKnownWithoutATerminal(t *testing.T) {
	tests := []struct {
		cols, rows         string
		wantCols, wantRows int
	}{
		{"", "", 80, 24},
		{"40", "10", 40, 10},
		{"0", "-1", 80, 24},
		{"wide", "1e9", 80, 24},
	}
	for _, tt := range tests {
		t.Setenv("COLUMNS", tt.cols)
		t.Setenv("LINES", tt.rows)
		cols, rows := NewPlain(strings.NewReader(""), io.Discard).Size()
		assert.Equal(t, []int{tt.wantCols, tt.wantRows}, []int{cols, rows}, "COLUMNS=%s LINES=%s", tt.cols, tt.rows)
	}
}

func TestGuardClosesBeforeAPanicGoesOn(t *testing.T) {
	con := newPlain(strings.NewReader(""), io.Discard)
	Guard(con, func() {})
	select {
	case <-con.closed:
		require.Fail(t, "closed without a panic")
	default:
	}
	assert.PanicsWithValue(t, "oh", func() { Guard(con, func() { panic("oh") }) })
	select {
	case <-con.closed:
	default:
		assert.Fail(t, "not closed")
	}
}

// pressed calls f when something is written to it.
type pressed struct{ f func() }

func (p pressed) Write(b []byte) (int, error) {
	p.f()
	return len(b), nil
}

func TestPlainCtrlCAsSoonAsThePromptShows(t *testing.T) {
	in, keys := io.Pipe()
	defer keys.Close()
	p := newPlain(in, nil)
	p.interactive = true
	var once sync.Once
	p.out.w = pressed{func() { once.Do(func() { p.asking.cancelAll() }) }}
	_, err := p.ReadLine(t.Context(), "lab> ")
	assert.ErrorIs(t, err, ErrLineDropped)
	assert.Empty(t, p.asking.cancel, "nothing is kept of a question that is over")
}
