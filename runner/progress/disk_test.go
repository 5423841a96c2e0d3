package progress

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

// works asserts that the store does what a store does, saved or not.
func works(t *testing.T, s *Store) {
	t.Helper()
	require.NotNil(t, s)
	require.NoError(t, s.Mark("works", "step", Shown))
	require.NoError(t, s.Mark("works", "step", Passed))
	assert.Equal(t, Passed, s.Status("works", "step"))
	require.NoError(t, s.Reset("works", ""))
	assert.Empty(t, s.Status("works", "step"))
}

func notice(t *testing.T, err error) *Notice {
	t.Helper()
	var n *Notice
	require.ErrorAs(t, err, &n)
	assert.NotEmpty(t, n.Text.In(words.English))
	return n
}

func TestADamagedFileIsPutAside(t *testing.T) {
	path := tempFile(t)
	s := open(t, path)
	require.NoError(t, s.Mark("a", "1", Passed))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)

	for i, n := range []int{len(whole) / 2, 0, len(whole) - 2} {
		require.NoError(t, os.WriteFile(path, whole[:n], 0o600))
		s, err := Open(path)
		require.ErrorIs(t, err, ErrCorrupt)
		kept := notice(t, err).Kept
		assert.Equal(t, path+".corrupt-"+string(rune('1'+i)), kept)
		data, err := os.ReadFile(kept)
		require.NoError(t, err)
		assert.Equal(t, string(whole[:n]), string(data), "not a byte of it is lost")
		works(t, s)
		open(t, path)
	}
}

func TestAFileDamagedMeanwhileLosesNothingKnown(t *testing.T) {
	path := tempFile(t)
	s := open(t, path)
	require.NoError(t, s.Mark("a", "1", Passed))
	require.NoError(t, os.WriteFile(path, []byte(`{"format": 1, "les`), 0o600))
	require.NoError(t, s.Mark("a", "2", Passed))

	list := s.Notices()
	require.Len(t, list, 1)
	assert.ErrorIs(t, list[0], ErrCorrupt)
	assert.FileExists(t, list[0].Kept)
	assert.Empty(t, s.Notices(), "it is told once")
	s = open(t, path)
	assert.Len(t, s.Lessons()["a"], 2)
}

func TestAFileOfANewerVersionIsLeftAlone(t *testing.T) {
	path := tempFile(t)
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o700))
	const newer = `{"format": 2, "learners": []}`
	require.NoError(t, os.WriteFile(path, []byte(newer), 0o600))
	s, err := Open(path)
	require.ErrorIs(t, err, ErrNewer)
	notice(t, err)
	assert.Empty(t, s.Path())
	works(t, s)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.JSONEq(t, newer, string(data))
}

func TestWithoutAPlaceToSaveItWorksInMemory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	// For root no folder is read-only; below a file there is none for anybody.
	for _, path := range []string{"", filepath.Join(file, "socklab", "progress.json"), t.TempDir()} {
		s, err := Open(path)
		require.ErrorIs(t, err, ErrMemory, path)
		notice(t, err)
		assert.Empty(t, s.Path())
		works(t, s)
	}
}

func TestAChangeThatCannotBeSavedIsSavedWithTheNext(t *testing.T) {
	path := tempFile(t)
	s := open(t, path)
	dir := filepath.Dir(path)
	require.NoError(t, os.Rename(dir, dir+"-away"))
	require.NoError(t, os.WriteFile(dir, nil, 0o600))
	require.Error(t, s.Mark("a", "1", Passed))
	assert.Equal(t, Passed, s.Status("a", "1"), "it holds in memory")

	require.NoError(t, os.Remove(dir))
	require.NoError(t, os.Rename(dir+"-away", dir))
	require.NoError(t, s.Mark("a", "2", Passed))
	assert.Len(t, open(t, path).Lessons()["a"], 2)
}

func TestAFolderRemovedMeanwhileIsMadeAgain(t *testing.T) {
	path := tempFile(t)
	s := open(t, path)
	require.NoError(t, os.RemoveAll(filepath.Dir(path)))
	require.NoError(t, s.Mark("a", "1", Passed))
	assert.Equal(t, Passed, open(t, path).Status("a", "1"))
}

func TestALinkStaysALink(t *testing.T) {
	path := tempFile(t)
	require.NoError(t, open(t, path).Mark("a", "1", Passed))
	link := filepath.Join(t.TempDir(), "progress.json")
	require.NoError(t, os.Symlink(path, link))
	require.NoError(t, open(t, link).Mark("a", "2", Passed))
	info, err := os.Lstat(link)
	require.NoError(t, err)
	assert.Equal(t, os.ModeSymlink, info.Mode().Type())
	assert.Len(t, open(t, path).Lessons()["a"], 2)
}

func TestDefaultPath(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", "/state")
	assert.Equal(t, "/state/socklab/progress.json", DefaultPath())
	t.Setenv("XDG_STATE_HOME", "")
	t.Setenv("HOME", "")
	assert.Empty(t, DefaultPath())
}

func TestNoticeSaysItsReason(t *testing.T) {
	assert.ErrorIs(t, homelessNotice(), ErrMemory)
	assert.ErrorIs(t, memoryNotice(errors.New("disk full")), ErrMemory)
	assert.Contains(t, memoryNotice(errors.New("disk full")).Error(), "disk full")
	assert.ErrorIs(t, stuckNotice(errors.New("x")), ErrMemory)
}
