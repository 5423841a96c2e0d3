package code

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// pyCase is a snippet with what CPython 3.11 printed for it; the last line is
// "! " and the error if there was one.
type pyCase struct{ code, out, err string }

func pyCases(t *testing.T, name string) []pyCase {
	t.Helper()
	data, err := os.ReadFile(name)
	require.NoError(t, err)
	var cases []pyCase
	for _, part := range strings.Split("\n"+string(data), "\n===\n")[1:] {
		code, out, ok := strings.Cut(part+"\n", "\n---\n")
		require.True(t, ok, "no --- in %q", part)
		c := pyCase{code: code, out: out}
		if i := strings.LastIndex("\n"+out, "\n! "); i >= 0 {
			c.out, c.err = out[:i], strings.TrimSpace(out[i+2:])
		}
		cases = append(cases, c)
	}
	return cases
}

// runCode runs a source on a fresh interpreter and returns what it printed.
func runCode(t *testing.T, cfg Config, src Source) (string, *Error) {
	t.Helper()
	var out strings.Builder
	cfg.Print = func(s string) { out.WriteString(s) }
	err := New(cfg).Run(t.Context(), src)
	if err == nil {
		return out.String(), nil
	}
	var e *Error
	require.ErrorAs(t, err, &e, "%T %v", err, err)
	return out.String(), e
}

func TestOutputIsCPythons(t *testing.T) {
	for _, c := range pyCases(t, "testdata/python.txt") {
		t.Run(strings.SplitN(c.code, "\n", 2)[0], func(t *testing.T) {
			out, err := runCode(t, Config{}, Source{Text: c.code})
			if c.err == "" {
				require.Nil(t, err, "%v", err)
				assert.Equal(t, strings.TrimRight(c.out, "\n"), strings.TrimRight(out, "\n"))
				return
			}
			require.NotNil(t, err, "no error; CPython: %s", c.err)
			assert.Equal(t, c.err, err.Error())
		})
	}
}
