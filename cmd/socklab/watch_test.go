//go:build unix

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A lesson is edited while somebody stands in it, with a line half typed: the
// step is shown again and the line is still there.
func TestALessonIsEditedBeforeItsReader(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, exec.Command("socklab", "new", dir).Run())
	file := filepath.Join(dir, "09-my-lesson", "lesson.md")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	m := onTerminal(t, "lesson", "9", "--lessons", dir, "--step", "with-an-answer", "--watch")
	m.sees("Send it a letter and read its answer.")
	m.rests("lesson 9>")
	m.types("print('half")
	m.rests("lesson 9> print('half")

	edited := strings.Replace(string(data), "Send it a letter", "Send it a postcard", 1)
	require.NoError(t, os.WriteFile(file+".new", []byte(edited), 0o644))
	require.NoError(t, os.Rename(file+".new", file))
	m.sees("was read anew")
	m.sees("Send it a postcard and read its answer.")
	m.rests("lesson 9> print('half")

	require.NoError(t, os.WriteFile(file, []byte(strings.Replace(edited, "minutes: 10", "minutes: ten", 1)), 0o644))
	m.sees("it is a whole number above 0")
	m.sees("The lesson goes on as it was before these faults.")
	m.rests("lesson 9> print('half")
	m.types(" a line')\r")
	m.sees("\nhalf a line")
	m.types("quit\r")
	m.ends()
}

// Whoever opens a lesson with faults sees them, and it begins when they are gone.
func TestALessonWithFaultsIsAwaited(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, exec.Command("socklab", "new", dir).Run())
	file := filepath.Join(dir, "09-my-lesson", "lesson.md")
	data, err := os.ReadFile(file)
	require.NoError(t, err)
	write := func(old, with string) {
		require.NoError(t, os.WriteFile(file, []byte(strings.Replace(string(data), old, with, 1)), 0o644))
	}
	write("minutes: 10", "minutes: ten")
	m := onTerminal(t, "lesson", "my-lesson", "--lessons", dir, "--watch")
	m.sees("it is a whole number above 0")
	m.sees("The lesson begins as soon as these faults are gone")
	write("title: My lesson", "titel: My lesson")
	m.sees("it knows format")
	write("x", "x")
	m.sees("TCP is a phone call")
	m.types("quit\r")
	m.ends()
}
