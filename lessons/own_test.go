package lessons

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shelf writes files below a new folder and returns it.
func shelf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		write(t, filepath.Join(dir, name), text)
	}
	return dir
}

func write(t *testing.T, name, text string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(name), 0o755))
	require.NoError(t, os.WriteFile(name, []byte(text), 0o644))
}

func text(id, more string) string { return string(lesson(id, more).Data) }

func own(t *testing.T, dir string, opts Options) *Own {
	t.Helper()
	f, err := OpenFolder(dir)
	require.NoError(t, err)
	o, err := f.Own(opts)
	require.NoError(t, err)
	return o
}

// shape is a course in short: number, id, language, and * for a lesson from
// elsewhere.
func shape(c *Course, lang string) []string {
	var list []string
	for _, l := range c.List(lang) {
		mark := ""
		if l.Foreign {
			mark = "*"
		}
		list = append(list, fmt.Sprint(l.Number, " ", l.ID, " ", l.Lang, mark))
	}
	return list
}

func small(t *testing.T) *Course {
	t.Helper()
	return Open(os.DirFS(shelf(t, map[string]string{
		"01-a/lesson.md": text("a", ""), "01-a/lesson.zh.md": text("a", ""),
		"02-b/lesson.md": text("b", ""), "02-b/lesson.zh.md": text("b", ""),
	})))
}

func TestOwnLessonsStandBesideTheOthers(t *testing.T) {
	one := shelf(t, map[string]string{
		"01-new/lesson.md":  text("new", "needs: [a]\n"), // the number is taken
		"02-b/lesson.md":    text("b", ""),               // takes a place
		"09-far/lesson.md":  text("far", ""),             // keeps its number
		"05-mine/lesson.md": text("mine", ""),
	})
	two := shelf(t, map[string]string{"09-other/lesson.md": text("other", "needs: [far]\n"), "04-last/lesson.md": text("last", "")})
	known := map[string]bool{"a": true, "b": true}
	first := own(t, one, Options{Known: known})
	require.Empty(t, first.Faults())
	known["far"] = true
	second := own(t, two, Options{Known: known})
	require.Empty(t, second.Faults())
	c := Merge(small(t), first, second)
	assert.Equal(t, []string{"1 a zh", "2 b en*", "4 last en*", "5 mine en*", "9 far en*", "10 new en*", "11 other en*"}, shape(c, "zh"),
		"an own copy without a translation is shown in English")
	for name, want := range map[string]int{"new": 10, "10": 10, "other": 11, "b": 2} {
		l, err := c.Find(name, "en")
		require.NoError(t, err)
		assert.Equal(t, want, l.Number, name)
	}
	l, _ := c.Find("far", "en")
	assert.Equal(t, filepath.Join(one, "09-far/lesson.md"), l.File, "as the user knows it")
	assert.Equal(t, []string{"1 a zh", "2 b zh"}, shape(small(t), "zh"), "the embedded course stays as it is")
}

func TestAFaultyLessonIsLeftOutAlone(t *testing.T) {
	dir := shelf(t, map[string]string{
		"03-good/lesson.md":    text("good", ""),
		"03-good/lesson.zh.md": strings.Replace(text("good", ""), "minutes: 5", "minutes: 6", 1),
		"04-bad/lesson.md":     text("bad", "author: me\n"),
		"05-good/lesson.md":    text("good", ""),
		"Odd/lesson.md":        text("odd", ""),
	})
	o := own(t, dir, Options{})
	c := Merge(small(t), o)
	assert.Equal(t, []string{"1 a zh", "2 b zh", "3 good en*"}, shape(c, "zh"), "its translation has a fault")
	assertFaults(t, []string{
		filepath.Join(dir, "03-good/lesson.zh.md") + ":1: minutes is 6",
		filepath.Join(dir, "04-bad/lesson.md") + `:6: unknown key "author"`,
		filepath.Join(dir, "05-good/lesson.md") + `:1: the id "good" is that of`,
		filepath.Join(dir, "Odd") + ": a lesson's folder",
	}, texts(o.Faults()))
	for _, name := range []string{"bad", "4", "04-bad"} {
		_, err := c.Find(name, "en")
		var find *FindError
		require.ErrorAs(t, err, &find, name)
		assertFaults(t, []string{filepath.Join(dir, "04-bad/lesson.md") + ":6: unknown key"}, texts(find.Faults))
	}
	_, err := c.Find("ba", "en")
	require.EqualError(t, err, `there is no lesson "ba"`)

	twice := own(t, shelf(t, map[string]string{"03-x/lesson.md": text("good", "")}), Options{})
	c = Merge(small(t), o, twice)
	assert.Len(t, c.List("en"), 3, "of two with one id the first counts")
	require.Len(t, twice.Faults(), 1)
	assert.Contains(t, twice.Faults()[0].Text, "give one of them another")
}

func TestALessonsOwnFolderIsACourseOfOne(t *testing.T) {
	dir := shelf(t, map[string]string{"07-seven/lesson.md": text("seven", "needs: [six]\n"), "06-six/lesson.md": text("six", ""), "plain/lesson.md": text("plain", "")})
	c := Merge(small(t), own(t, filepath.Join(dir, "07-seven"), Options{}), own(t, filepath.Join(dir, "plain"), Options{}))
	assert.Equal(t, []string{"1 a en", "2 b en", "7 seven en*", "8 plain en*"}, shape(c, "en"))
	assert.Equal(t, filepath.Join(dir, "plain/lesson.md"), c.Original("plain").File)
	t.Chdir(filepath.Join(dir, "07-seven"))
	c = Merge(small(t), own(t, ".", Options{}))
	assert.Equal(t, "7 seven en*", shape(c, "en")[2])
	f, err := OpenFolder(".")
	require.NoError(t, err)
	assert.Empty(t, f.Lint(Options{}))
	write(t, "08-more/lesson.md", text("more", ""))
	assertFaults(t, []string{"lesson.md: a lesson stands in a folder of its own"}, texts(f.Lint(Options{})))
}

func TestFoldersThatCannotBeUsed(t *testing.T) {
	dir := shelf(t, map[string]string{"file": "", "empty/readme.md": "x"})
	for name, want := range map[string]error{"nowhere": ErrNoFolder, "file": ErrFile} {
		_, err := OpenFolder(filepath.Join(dir, name))
		require.ErrorIs(t, err, want, name)
	}
	f, err := OpenFolder(filepath.Join(dir, "empty"))
	require.NoError(t, err)
	_, err = f.Own(Options{})
	require.ErrorIs(t, err, ErrEmpty)
	_, err = OpenFolder(filepath.Join(dir, "file", "below"))
	require.Error(t, err)
}

func TestACopyOfAnEmbeddedLessonIsNotForeign(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.CopyFS(dir, Embedded()))
	c := Merge(Open(Embedded()), own(t, dir, Options{}))
	assert.Equal(t, shape(Open(Embedded()), "zh"), shape(c, "zh"))
	file := filepath.Join(dir, "02-tcp-phone/lesson.md")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	write(t, file, strings.Replace(string(data), "phone call", "phone  call", 1))
	c = Merge(Open(Embedded()), own(t, dir, Options{}))
	assert.True(t, c.Original("tcp-phone").Foreign)
	assert.Equal(t, 2, c.Original("tcp-phone").Number)
	assert.False(t, c.Original("time-wait").Foreign)
}

func TestLessonsThatAreLinked(t *testing.T) {
	there := shelf(t, map[string]string{"x/lesson.md": text("x", "")})
	dir := shelf(t, map[string]string{"02-y/lesson.md": text("y", "")})
	require.NoError(t, os.Symlink(filepath.Join(there, "x"), filepath.Join(dir, "01-x")))
	c, err := Load(os.DirFS(dir))
	require.NoError(t, err)
	assert.Equal(t, []string{"x", "y"}, c.IDs())
}

// everything below a folder, with its text.
func everything(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		require.NoError(t, err)
		if d.IsDir() {
			all[name] = ""
			return nil
		}
		data, err := os.ReadFile(name)
		all[name] = string(data)
		return err
	}))
	return all
}

func TestANewLessonIsWhole(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "own")
	made, err := Create(Draft{Dir: dir})
	require.NoError(t, err)
	assert.Equal(t, Created{Files: []string{filepath.Join(dir, "09-my-lesson/lesson.md")}, ID: "my-lesson"}, made)
	first := everything(t, dir)
	made, err = Create(Draft{Dir: dir})
	require.NoError(t, err)
	assert.Equal(t, Created{Files: []string{filepath.Join(dir, "10-my-lesson-2/lesson.md")}, ID: "my-lesson-2"}, made)
	made, err = Create(Draft{Dir: dir, ID: "null", Title: "Ports: 'mine'\t#1"})
	require.NoError(t, err)
	assert.Equal(t, []string{filepath.Join(dir, "11-null/lesson.md")}, made.Files)

	f, err := OpenFolder(dir)
	require.NoError(t, err)
	assert.Empty(t, texts(f.Lint(Options{})))
	c, err := f.Load()
	require.NoError(t, err)
	assert.Equal(t, "My lesson", c.Original("my-lesson").Title)
	assert.Equal(t, "Ports: 'mine' #1", c.Original("null").Title)
	a, b := c.Original("my-lesson"), c.Original("my-lesson-2")
	assert.Equal(t, []int{9302}, a.Ports(a.Steps[1]))
	assert.NotEqual(t, a.Ports(a.Steps[1]), b.Ports(b.Steps[1]), "no port is another lesson's")
	now := everything(t, dir)
	for name, was := range first {
		assert.Equal(t, was, now[name], "nothing that exists is touched")
	}

	l := c.Original("my-lesson")
	seen := map[Role]int{}
	pauses := 0
	for _, s := range l.Steps {
		for _, part := range s.Parts {
			switch part := part.(type) {
			case *Block:
				seen[part.Role]++
			case *Question:
				seen[part.Kind]++
			case *Pause:
				pauses++
			}
		}
	}
	assert.Equal(t, map[Role]int{RoleLab: 1, RoleRun: 1, RolePredict: 1, RoleTask: 1, RoleHint: 2, RoleSolution: 1, RoleAlso: 1, RoleWrong: 2, RoleQuiz: 1}, seen)
	assert.Equal(t, 1, pauses)
	assert.NotEmpty(t, l.Notes())
}

func TestALessonThatCannotBeMadeLeavesNothing(t *testing.T) {
	dir := shelf(t, map[string]string{"own/09-x/lesson.md": text("x", ""), "file": "", "own/999-y/lesson.md": text("y", "")})
	before := everything(t, dir)
	for _, c := range []struct {
		draft Draft
		want  error
	}{
		{Draft{Dir: filepath.Join(dir, "file")}, ErrFile},
		{Draft{Dir: filepath.Join(dir, "other"), ID: "Not Good"}, ErrID},
		{Draft{Dir: filepath.Join(dir, "other/deep"), ID: "tcp-phone"}, ErrTaken},
		{Draft{Dir: filepath.Join(dir, "own"), ID: "x"}, ErrTaken},
		{Draft{Dir: filepath.Join(dir, "own")}, ErrFull},
		{Draft{Dir: filepath.Join(dir, "own/09-x")}, ErrInside},
	} {
		_, err := Create(c.draft)
		require.ErrorIs(t, err, c.want, "%v", c.draft)
	}
	assert.Equal(t, before, everything(t, dir))
}

// What is allotted while a folder is read grows with the folder, not with its
// square: 10,000 folders were read for half a minute.
func TestManyFoldersAreReadInTimeThatGrowsWithThem(t *testing.T) {
	reads := func(n int) uint64 {
		files := map[string]string{}
		for i := range n { // each has a fault, two numbers in one
			files[fmt.Sprintf("%03d-l%d/lesson.md", i%2, i)] = text(fmt.Sprintf("l%d", i), "")
		}
		f, err := OpenFolder(shelf(t, files))
		require.NoError(t, err)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		o, err := f.Own(Options{})
		require.NoError(t, err)
		runtime.ReadMemStats(&after)
		require.Equal(t, n, o.Len())
		require.Len(t, o.Faults(), n-2)
		return after.TotalAlloc - before.TotalAlloc
	}
	few, many := reads(250), reads(2000)
	assert.Less(t, float64(many), 12*float64(few), "8 times as many folders")
}
