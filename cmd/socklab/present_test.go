//go:build unix

package main

import (
	"os"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// runtimeHome is a home folder that is private enough to meet in.
func runtimeHome(t *testing.T) string {
	t.Helper()
	home, err := os.MkdirTemp("", "sl") //nolint:usetesting // a short name: that of a Unix socket is bounded
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(home) })
	return home
}

func TestAPresentationItsNotesAndTheirRestarts(t *testing.T) {
	home := runtimeHome(t)
	notes := onScreen(t, home, 80, 60, "present", "--notes")
	notes.sees("Nobody presents yet.")

	room := onScreen(t, home, 80, 60, "present", "2", "--speed", "12")
	room.sees("Enter (begins step 1)")
	notes.sees("introduction, then 10 steps")
	room.types("\r")
	room.sees("step 1 of 10")
	room.rests("lesson 2>")
	notes.sees("step 1 of 10 · dial")
	notes.sees("Solution")
	notes.sees("of 45 min")

	room.types("demo\r")
	room.sees("Enter (types line 1 of")
	notes.sees("terminal types line 1.")
	room.rests("lesson 2>")
	room.types("\r")
	room.sees("lesson 2> ph")
	assert.NotContains(t, room.text(), "lesson 2> phone = socket.socket(socket.AF_INET, ", "it is typed character by character")
	assert.NotContains(t, room.text(), "lesson 2>\nlesson 2> ph", "it takes the place of the empty line")
	room.types(" ") // a key finishes the line
	room.sees("Enter (types line 2 of")
	notes.sees("terminal types line 2.")

	room.rests("lesson 2>")
	room.types("print('a line of my own')\r")
	room.sees("\na line of my own")
	room.types("sockets\r")
	room.rests("lesson 2>")
	room.types("\r")
	room.sees("held  somebody called")
	notes.sees("✓ held   somebody called")

	require.NoError(t, room.cmd.Process.Signal(syscall.SIGKILL))
	notes.sees("Nobody presents any more.")
	notes.sees("step 1 of 10 · dial") // the notes stay

	wrong := onScreen(t, home, 80, 60, "present", "--step", "nowhere")
	wrong.sees("has no step nowhere") // which loses nothing of what broke off

	again := onScreen(t, home, 80, 60, "present")
	again.sees("A presentation broke off here")
	again.sees("step 1 of 10")
	again.rests("lesson 2>")
	again.types("goto 2\r")
	notes.sees("step 2 of 10")
	require.NoError(t, notes.cmd.Process.Signal(syscall.SIGKILL))

	late := onScreen(t, home, 40, 60, "present", "--notes")
	late.sees("step 2 of 10")
	again.types("quit\r")
	again.ends()
	late.sees("Nobody presents any more.")
	late.types("\x03")
	late.ends()
	for _, m := range []*terminal{room, notes, again, late} {
		assert.NotContains(t, m.printed(), "panic")
	}
}

func TestTwoPresentations(t *testing.T) {
	home := runtimeHome(t)
	first := onScreen(t, home, 80, 60, "present", "1")
	first.sees("Enter (begins step 1)")
	second := onScreen(t, home, 80, 60, "present", "2", "--step", "dial")
	second.sees("Another presentation runs")
	notes := onScreen(t, home, 80, 60, "present", "--notes")
	notes.sees("Lesson 1")
	first.types("quit\r")
	first.ends()
	notes.sees("Lesson 2")
	notes.sees("step 1 of 10 · dial")
	second.types("quit\r")
	second.ends()
}

func TestAPresentationOnANarrowScreen(t *testing.T) {
	m := onScreen(t, runtimeHome(t), 40, 24, "present", "3", "--big")
	m.sees("Enter (begins step 1)")
	for range 6 {
		m.rests("lesson 3>")
		m.types("\r")
	}
	m.rests("lesson 3>")
	m.types("quit\r")
	m.ends()
	assert.NotContains(t, m.printed(), "panic")
}
