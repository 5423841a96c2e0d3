package lessons

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A copy is its original but for two lines, in every language, and has no fault.
func TestEveryEmbeddedLessonCanBeCopied(t *testing.T) {
	dir := t.TempDir()
	known := map[string]bool{}
	for _, id := range Open(Embedded()).IDs() {
		known[id] = true
	}
	for _, l := range Open(Embedded()).List("en") {
		made, err := Create(Draft{Dir: dir, From: l.ID})
		require.NoError(t, err, l.ID)
		assert.Equal(t, "my-"+l.ID, made.ID)
		assert.Equal(t, l.ID, made.From.ID)
		require.Len(t, made.Files, 2)
		for _, file := range made.Files {
			copied, err := os.ReadFile(file)
			require.NoError(t, err)
			original, err := os.ReadFile(filepath.Join("content", l.File, "..", filepath.Base(file)))
			require.NoError(t, err)
			a, b := strings.Split(string(original), "\n"), strings.Split(string(copied), "\n")
			require.Len(t, b, len(a))
			var differ []string
			for i := range a {
				if a[i] != b[i] {
					differ = append(differ, strings.SplitN(b[i], ":", 2)[0])
				}
			}
			assert.Equal(t, []string{"id", "title"}, differ, file)
		}
	}
	f, err := OpenFolder(dir)
	require.NoError(t, err)
	assert.Empty(t, texts(f.Lint(Options{Known: known})))
	c, err := f.Load()
	require.NoError(t, err)
	assert.Equal(t, "TIME_WAIT and SO_REUSEADDR (copy)", c.In("my-time-wait", "en").Title)
	assert.True(t, strings.HasSuffix(c.In("my-time-wait", "zh").Title, "（副本）"))
	assert.True(t, c.In("my-time-wait", "zh").Foreign)
}

func TestACopyStandsBesideItsOriginalOrInItsPlace(t *testing.T) {
	dir := t.TempDir()
	made, err := Create(Draft{Dir: dir, From: "3"})
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(dir, "09-my-time-wait/lesson.md"), made.Files[0])
	made, err = Create(Draft{Dir: dir, From: "time", Title: "Waiting: mine"})
	require.NoError(t, err)
	assert.Equal(t, "my-time-wait-2", made.ID)
	made, err = Create(Draft{Dir: dir, From: "TIME_WAIT and SO_REUSEADDR", ID: "time-wait"})
	require.NoError(t, err)
	assert.Equal(t, "time-wait", made.ID)
	for _, id := range []string{"time-wait", "tcp-phone", "my-time-wait"} {
		_, err = Create(Draft{Dir: dir, From: "3", ID: id})
		require.ErrorIs(t, err, ErrTaken, id)
	}

	before := Open(Embedded())
	c := Merge(before, own(t, dir, Options{Known: map[string]bool{"tcp-phone": true, "osi-intro": true}}))
	assert.Len(t, c.IDs(), len(before.IDs())+2)
	assert.Equal(t, "Waiting: mine", c.In("my-time-wait-2", "zh").Title)
	assert.Equal(t, 3, c.Original("time-wait").Number)
	assert.True(t, c.Original("time-wait").Foreign, "it took the place")
	assert.Equal(t, before.Original("time-wait").Title, c.Original("time-wait").Title)
}

func TestWhatIsNoLessonIsNotCopied(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "new")
	for _, from := range []string{"99", "nothing", "t", " "} {
		_, err := Create(Draft{Dir: dir, From: from})
		var find *FindError
		require.ErrorAs(t, err, &find, from)
	}
	assert.NoDirExists(t, dir)
}
