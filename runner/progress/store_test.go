package progress

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

const childEnv = "SOCKLAB_PROGRESS_CHILD"

// TestMain is also another process that marks steps: those of the lesson its
// environment names, and a step that all of them share.
func TestMain(m *testing.M) {
	lesson := os.Getenv(childEnv)
	if lesson == "" {
		os.Exit(m.Run())
	}
	s, err := Open(os.Getenv("CHILD_FILE"))
	for i := 0; err == nil && i < marks; i++ {
		if err = s.Mark(lesson, fmt.Sprint("step-", i), Passed); err == nil {
			err = s.Mark("shared", fmt.Sprint("step-", i), []Status{Skipped, Shown, Passed}[i%3])
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

const marks = 15

func open(t *testing.T, path string) *Store {
	t.Helper()
	s, err := Open(path)
	require.NoError(t, err)
	return s
}

func tempFile(t *testing.T) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "state", "socklab", "progress.json")
}

func TestProgressIsThereNextTime(t *testing.T) {
	path := tempFile(t)
	s := open(t, path)
	assert.Empty(t, s.Status("tcp-phone", "listen"))
	assert.Empty(t, s.Lang())
	require.NoError(t, s.Mark("tcp-phone", "listen", Passed))
	require.NoError(t, s.Mark("tcp-phone", "accept", Shown))
	require.NoError(t, s.SetPlace("tcp-phone", "accept"))
	require.NoError(t, s.SetLang(words.Chinese))

	s = open(t, path)
	assert.Equal(t, Passed, s.Status("tcp-phone", "listen"))
	assert.Equal(t, Shown, s.Status("tcp-phone", "accept"))
	assert.Empty(t, s.Status("tcp-phone", "a step added later"))
	lesson, step := s.Place()
	assert.Equal(t, []string{"tcp-phone", "accept"}, []string{lesson, step})
	assert.Equal(t, words.Chinese, s.Lang())
	assert.False(t, s.Lessons()["tcp-phone"]["listen"].At.IsZero())

	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

func TestMarkNeverTakesABetterStatusAway(t *testing.T) {
	all := []Status{Skipped, Shown, Passed} // from worst to best
	for i, first := range all {
		for j, second := range all {
			s := open(t, tempFile(t))
			require.NoError(t, s.Mark("l", "s", first))
			require.NoError(t, s.Mark("l", "s", second))
			assert.Equal(t, all[max(i, j)], s.Status("l", "s"), "%s, then %s", first, second)
		}
	}
}

func TestMarkRefusesNonsense(t *testing.T) {
	s := open(t, tempFile(t))
	assert.Error(t, s.Mark("l", "s", "done"))
	assert.Error(t, s.Mark("l", "s", ""))
	assert.Error(t, s.Mark("", "s", Passed))
	assert.Error(t, s.Mark("l", "", Passed))
	assert.Error(t, s.Reset("", "s"))
	assert.Empty(t, s.Lessons())
}

func TestReset(t *testing.T) {
	tests := []struct {
		name, lesson, step string
		left               string
		place              string
	}{
		{"a step", "a", "1", "a/2 b/1", "a"},
		{"a lesson", "a", "", "b/1", ""},
		{"another lesson", "b", "", "a/1 a/2", "a"},
		{"the only step of a lesson", "b", "1", "a/1 a/2", "a"},
		{"all", "", "", "", ""},
		{"nothing there", "c", "1", "a/1 a/2 b/1", "a"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path := tempFile(t)
			s := open(t, path)
			for _, id := range []string{"a/1", "a/2", "b/1"} {
				lesson, step, _ := strings.Cut(id, "/")
				require.NoError(t, s.Mark(lesson, step, Passed))
			}
			require.NoError(t, s.SetPlace("a", "1"))
			require.NoError(t, s.SetLang(words.Chinese))
			require.NoError(t, s.Reset(tt.lesson, tt.step))

			for _, s := range []*Store{s, open(t, path)} {
				var left []string
				for _, id := range []string{"a/1", "a/2", "b/1"} {
					lesson, step, _ := strings.Cut(id, "/")
					if s.Status(lesson, step) != "" {
						left = append(left, id)
					}
				}
				assert.Equal(t, tt.left, strings.Join(left, " "))
				place, _ := s.Place()
				assert.Equal(t, tt.place, place)
				assert.Equal(t, words.Chinese, s.Lang())
			}
		})
	}
}

func TestExportAndImportKeepTheBestOfBoth(t *testing.T) {
	laptop := open(t, tempFile(t))
	require.NoError(t, laptop.Mark("a", "1", Passed))
	require.NoError(t, laptop.Mark("a", "2", Skipped))
	require.NoError(t, laptop.SetPlace("a", "2"))
	var file bytes.Buffer
	require.NoError(t, laptop.Export(&file))

	school := open(t, tempFile(t))
	require.NoError(t, school.Mark("a", "1", Shown))
	require.NoError(t, school.Mark("a", "2", Passed))
	require.NoError(t, school.Mark("b", "1", Passed))
	require.NoError(t, school.Import(bytes.NewReader(file.Bytes())))
	assert.Equal(t, Passed, school.Status("a", "1"))
	assert.Equal(t, Passed, school.Status("a", "2"))
	assert.Equal(t, Passed, school.Status("b", "1"))
	place, _ := school.Place()
	assert.Equal(t, "a", place)

	for _, bad := range []string{"", "hello", `{"format": 2}`} {
		require.Error(t, school.Import(strings.NewReader(bad)), "%q", bad)
	}
	require.NoError(t, school.Import(strings.NewReader(`{"format": 1, "lessons": {"a": {"3": {"status": "perfect"}}}}`)))
	assert.Empty(t, school.Status("a", "3"), "a status that does not exist is not taken over")
	assert.Len(t, school.Lessons(), 2)
}

func TestTwoStoresOfOneFileSeeBoth(t *testing.T) {
	path := tempFile(t)
	one, two := open(t, path), open(t, path)
	require.NoError(t, one.Mark("a", "1", Passed))
	require.NoError(t, two.Mark("b", "1", Passed))
	require.NoError(t, one.Reset("b", ""))
	require.NoError(t, two.Mark("c", "1", Passed))
	assert.Equal(t, Passed, two.Status("a", "1"))
	assert.Empty(t, two.Status("b", "1"), "what one has reset, two does not bring back")
}

func TestManyProcessesLoseNothing(t *testing.T) {
	path := tempFile(t)
	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			cmd := exec.Command(os.Args[0])
			cmd.Env = append(os.Environ(), fmt.Sprintf("%s=lesson-%d", childEnv, i), "CHILD_FILE="+path)
			out, err := cmd.CombinedOutput()
			assert.NoError(t, err, string(out))
		})
	}
	all.Wait()
	s := open(t, path)
	for i := range 4 {
		assert.Len(t, s.Lessons()[fmt.Sprint("lesson-", i)], marks)
	}
	for i := range marks {
		assert.Equal(t, []Status{Skipped, Shown, Passed}[i%3], s.Status("shared", fmt.Sprint("step-", i)))
	}
	left, err := filepath.Glob(filepath.Join(filepath.Dir(path), "*"))
	require.NoError(t, err)
	assert.ElementsMatch(t, []string{path, path + ".lock"}, left, "no other files are left")
}

func TestManyGoroutinesLoseNothing(t *testing.T) {
	s := open(t, tempFile(t))
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 5 {
				assert.NoError(t, s.Mark(fmt.Sprint(i), fmt.Sprint(j), Passed))
				s.Lessons()[fmt.Sprint(i)]["x"] = Entry{}
			}
		})
	}
	all.Wait()
	assert.Len(t, s.Lessons(), 8)
	for _, steps := range s.Lessons() {
		assert.Len(t, steps, 5)
	}
}
