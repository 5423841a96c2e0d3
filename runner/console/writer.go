//go:build linux || darwin

package console

import (
	"strings"

	prompt "github.com/c-bata/go-prompt"
)

// writer is go-prompt's writer with the repairs the prompt needs. Only the
// goroutine of ReadLine uses it.
type writer struct {
	prompt.ConsoleWriter
	color     bool
	mute      bool   // the line is only redrawn: leave no copy of it
	drawing   bool   // between HideCursor and ShowCursor
	chosen    bool   // the next text is the suggestion chosen
	onDrawing func() // go-prompt waits for keys again
}

// WriteStr writes text without escape sequences. The suggestion chosen has a
// mark, so that it can be told without colour.
func (w *writer) WriteStr(s string) {
	if w.mute {
		return
	}
	if w.chosen && strings.HasPrefix(s, " ") {
		s = ">" + s[1:]
	}
	w.chosen = false
	w.ConsoleWriter.WriteStr(s)
}

// HideCursor begins a drawing. The carriage return puts right a column that a
// wide character at the edge of the window has shifted.
func (w *writer) HideCursor() {
	w.onDrawing()
	w.ConsoleWriter.WriteRaw([]byte{'\r'})
	w.drawing = true
	w.ConsoleWriter.HideCursor()
}

// ShowCursor ends a drawing.
func (w *writer) ShowCursor() {
	w.drawing = false
	w.ConsoleWriter.ShowCursor()
}

// EraseDown erases to the end of the screen, outside a drawing from the
// beginning of the line.
func (w *writer) EraseDown() {
	if !w.drawing {
		w.ConsoleWriter.WriteRaw([]byte{'\r'})
	}
	w.ConsoleWriter.EraseDown()
}

// SetColor is left out without colour. go-prompt asks for bold for the
// suggestion chosen and for nothing else.
func (w *writer) SetColor(fg, bg prompt.Color, bold bool) {
	w.chosen = bold
	if w.color {
		w.ConsoleWriter.SetColor(fg, bg, bold)
	}
}

// SetTitle and ClearTitle leave the window its title.
func (w *writer) SetTitle(string) {}

// ClearTitle does nothing.
func (w *writer) ClearTitle() {}
