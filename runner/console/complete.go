//go:build linux || darwin

package console

import (
	prompt "github.com/c-bata/go-prompt"
	"github.com/mattn/go-runewidth"
)

const (
	maxSuggestions = 6
	// suggestBelow is the longest line that is still completed. Beyond it the
	// line was pasted.
	suggestBelow = 4096
	// narrow is the room right of the prompt that go-prompt needs for its list:
	// its margins, an ellipsis and a letter.
	narrow = 8
)

// suggested is the last answer of Options.Complete. go-prompt keeps the number
// of the suggestion chosen while it asks again, and would fail if there were
// fewer the second time, so the same question has the same answer.
type suggested struct {
	before string
	list   []prompt.Suggest
}

// complete offers nothing for an empty word: go-prompt would show all there is
// after every command.
func (c *tty) complete(d prompt.Document) []prompt.Suggest {
	// It is asked once with the line after each key, and once with an empty one
	// before what the key does: at Ctrl-C that is the latest.
	c.begun, c.filled = c.filled, d.Text != ""
	if c.silence.keeps(d.Text) || c.opts.Complete == nil || len(d.Text) > suggestBelow {
		return nil
	}
	before := d.TextBeforeCursor()
	if d.GetWordBeforeCursorUntilSeparator(Separators) == "" {
		return nil
	}
	cols, rows := c.Size()
	if cols-runewidth.StringWidth(c.prefix) < narrow {
		return nil
	}
	if c.memo.before != before {
		c.memo = suggested{before: before, list: suggestions(c.opts.Complete(before), rows)}
	}
	return c.memo.list
}

// suggestions leaves room on a low window for the prompt and a line above it.
func suggestions(found []Suggestion, rows int) []prompt.Suggest {
	if rows-2 < maxSuggestions && len(found) > rows-2 {
		found = found[:max(rows-2, 0)]
	}
	list := make([]prompt.Suggest, 0, len(found))
	for _, s := range found {
		list = append(list, prompt.Suggest{Text: s.Text, Description: s.Note})
	}
	return list
}
