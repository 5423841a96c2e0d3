package lessons

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// edited is an own lesson "x" beside small's, and a watcher of it.
func edited(t *testing.T) (file string, c *Course, w *Watcher) {
	t.Helper()
	dir := shelf(t, map[string]string{"03-x/lesson.md": text("x", "")})
	c = Merge(small(t), own(t, dir, Options{}))
	w = NewWatcher(Options{})
	w.Follow(c, "x")
	return filepath.Join(dir, "03-x/lesson.md"), c, w
}

// rest asks until the change has come to rest.
func rest(t *testing.T, w *Watcher) {
	t.Helper()
	require.False(t, w.Changed(), "a file that has just changed may change again")
	require.True(t, w.Changed())
	require.True(t, w.Changed(), "it stays true until it is read")
}

func TestAChangeIsReadOnceItRests(t *testing.T) {
	file, c, w := edited(t)
	require.False(t, w.Changed())
	require.False(t, w.ChangedNow())
	write(t, file, text("x", "")+"More.\n")
	require.True(t, w.ChangedNow())
	require.False(t, w.Changed())
	write(t, file, text("x", "")+"More and more.\n")
	rest(t, w)
	got := w.Read("en")
	require.NotNil(t, got.Course)
	assert.Empty(t, got.Faults)
	l := got.Course.Original("x")
	assert.Equal(t, 3, l.Number)
	assert.True(t, l.Foreign)
	assert.Contains(t, l.Steps[0].Parts[0].(*Text).Markdown, "More and more.")
	assert.NotContains(t, c.Original("x").Steps[0].Parts[0].(*Text).Markdown, "More", "a course is not changed")
	assert.False(t, w.Changed())
	w.Follow(got.Course, "x")
	assert.False(t, w.Changed())
}

func TestAFaultyVersionIsNotUsed(t *testing.T) {
	file, _, w := edited(t)
	write(t, file, text("x", "author: me\n"))
	rest(t, w)
	got := w.Read("en")
	assert.Nil(t, got.Course)
	assertFaults(t, []string{file + `:6: unknown key "author"`}, texts(got.Faults))
	assert.False(t, w.Changed(), "it is said once")
	write(t, file, text("x", ""))
	rest(t, w)
	got = w.Read("en")
	assert.NotNil(t, got.Course, "what was good before is good again")
	write(t, file, text("a", ""))
	rest(t, w)
	got = w.Read("en")
	assert.Nil(t, got.Course)
	assert.Contains(t, got.Faults[0].Text, "give this lesson another")
	write(t, file, text("y", "needs: [a, b]\n"))
	rest(t, w)
	got = w.Read("en")
	require.NotNil(t, got.Course, "%v", got.Faults)
	assert.Equal(t, "y", got.ID)
	assert.Nil(t, got.Course.Original("x"))
}

func TestATranslationIsWatchedToo(t *testing.T) {
	file, _, w := edited(t)
	chinese := strings.Replace(file, ".md", ".zh.md", 1)
	write(t, chinese, text("x", ""))
	rest(t, w)
	got := w.Read("zh")
	require.NotNil(t, got.Course)
	assert.Equal(t, "zh", got.Course.In("x", "zh").Lang)
	bad := strings.Replace(text("x", ""), "minutes: 5", "minutes: 6", 1)
	write(t, chinese, bad)
	rest(t, w)
	got = w.Read("zh")
	assert.Nil(t, got.Course, "whoever reads it keeps the version of before")
	assertFaults(t, []string{chinese + ":1: minutes is 6"}, texts(got.Faults))
	write(t, file, text("x", "")+"More.\n")
	rest(t, w)
	got = w.Read("en")
	require.NotNil(t, got.Course, "whoever reads the English gets it")
	assert.Len(t, got.Faults, 1)
	assert.Equal(t, "en", got.Course.In("x", "zh").Lang)
	require.NoError(t, os.Remove(chinese))
	rest(t, w)
	assert.NotNil(t, w.Read("zh").Course)
}

func TestHowEditorsWrite(t *testing.T) {
	file, _, w := edited(t)
	write(t, file, "")
	for range 3 {
		require.False(t, w.Changed(), "an empty file is not yet written")
		require.False(t, w.ChangedNow())
	}
	assert.True(t, w.Read("en").None)
	write(t, file, text("x", "")+"One.\n")
	rest(t, w)
	require.NotNil(t, w.Read("en").Course)

	write(t, file+".new", text("x", "")+"Two by two.\n")
	require.NoError(t, os.Rename(file, file+"~"))
	require.False(t, w.Changed(), "for a moment there is no file")
	require.NoError(t, os.Rename(file+".new", file))
	rest(t, w)
	require.NotNil(t, w.Read("en").Course)

	later := time.Now().Add(time.Hour)
	require.NoError(t, os.Chtimes(file, later, later))
	rest(t, w)
	assert.True(t, w.Read("en").None, "the same text is no news")
	assert.False(t, w.Changed())
}

func TestALessonThatVanishesIsMissedOnce(t *testing.T) {
	file, _, w := edited(t)
	require.NoError(t, os.RemoveAll(filepath.Dir(file)))
	rest(t, w)
	assert.True(t, w.Read("en").Gone)
	for range 3 {
		require.False(t, w.Changed())
	}
	write(t, file, text("x", ""))
	rest(t, w)
	assert.NotNil(t, w.Read("en").Course)
	require.NoError(t, os.Remove(file))
	rest(t, w)
	assert.True(t, w.Read("en").Gone, "and once more the next time")
	write(t, file+"/x", "")
	rest(t, w)
	assert.Contains(t, w.Read("en").Faults[0].Text, "it is a folder")
}

func TestWhatComesWithTheProgramNeverChanges(t *testing.T) {
	_, c, w := edited(t)
	w.Follow(c, "a")
	assert.False(t, w.Changed())
	w.Follow(c, "nothing")
	assert.False(t, w.Changed())
	assert.True(t, w.Read("en").None)
}
