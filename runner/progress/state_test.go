package progress

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestDecodeKeepsWhatItDoesNotKnow(t *testing.T) {
	st, err := decode([]byte(`{"format": 1, "badge": {"n": 3}, "lessons": {"gone": {"old": {"status": "passed"}, "odd": {"status": "starred"}}, "empty": null}}`))
	require.NoError(t, err)
	st.mark("new", "step", Entry{Status: Shown})
	data, err := st.encode()
	require.NoError(t, err)
	assert.JSONEq(t, `{"format": 1, "badge": {"n": 3}, "lessons": {
		"gone": {"old": {"status": "passed"}, "odd": {"status": "starred"}},
		"empty": null,
		"new": {"step": {"status": "shown"}}}}`, string(data))
}

func TestDecodeRefuses(t *testing.T) {
	tests := map[string]struct {
		data  string
		newer bool
	}{
		"nothing":              {"", false},
		"half":                 {`{"format": 1, "lessons": {"a": {"b`, false},
		"another kind of JSON": {`[1, 2]`, false},
		"null":                 {`null`, false},
		"no format":            {`{"lessons": {}}`, false},
		"format 0":             {`{"format": 0}`, false},
		"a word for a format":  {`{"format": "1"}`, false},
		"statuses of no step":  {`{"format": 1, "lessons": {"a": "passed"}}`, false},
		"two files in one":     {`{"format": 1} {"format": 1}`, false},
		"NUL bytes":            {"\x00\x00\x00\x00", false},
		"a later format":       {`{"format": 2, "lessons": [1]}`, true},
		"a much later format":  {`{"format": 99}`, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := decode([]byte(tt.data))
			require.Error(t, err)
			if tt.newer {
				assert.ErrorIs(t, err, ErrNewer)
			} else {
				assert.NotErrorIs(t, err, ErrNewer)
			}
		})
	}
}

func TestBetterKeepsTheBetterStatusAndTheEarlierTime(t *testing.T) {
	early, late := time.Unix(100, 0).UTC(), time.Unix(200, 0).UTC()
	tests := []struct{ a, b, want Entry }{
		{Entry{Passed, late}, Entry{Skipped, early}, Entry{Passed, late}},
		{Entry{Skipped, early}, Entry{Shown, late}, Entry{Shown, late}},
		{Entry{Shown, early}, Entry{Passed, late}, Entry{Passed, late}},
		{Entry{Passed, late}, Entry{Passed, early}, Entry{Passed, early}},
		{Entry{Passed, late}, Entry{Passed, time.Time{}}, Entry{Passed, late}},
		{Entry{"starred", early}, Entry{Skipped, late}, Entry{Skipped, late}},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.want, better(tt.a, tt.b), "%v and %v", tt.a, tt.b)
	}
}

// FuzzDecode: no file makes the program fail, and what is read is written so
// that it reads the same again.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"format": 1, "place": {"lesson": "a"}, "lessons": {"a": {"b": {"status": "passed", "at": "2026-01-02T03:04:05Z"}}}}`))
	f.Add([]byte(`{"format": 1, "Lessons": {}, "x": [1]}`))
	f.Add([]byte(`{"format": 2}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		st, err := decode(data)
		if err != nil {
			return
		}
		once, err := st.encode()
		require.NoError(t, err)
		again, err := decode(once)
		require.NoError(t, err)
		twice, err := again.encode()
		require.NoError(t, err)
		assert.Equal(t, string(once), string(twice))
	})
}
