//go:build linux || darwin

package console

import (
	"context"
	"slices"

	prompt "github.com/c-bata/go-prompt"
)

// remember keeps the line for the arrow keys of this and later sessions.
func (c *tty) remember(ctx context.Context, line string) {
	if ctx.Value(noHistory{}) == nil {
		c.history.add(line)
	}
	c.giveHistory()
}

// giveHistory puts the lines kept behind the arrow keys.
func (c *tty) giveHistory() {
	// go-prompt has its own list, with every line twice and thrice in it.
	_ = prompt.OptionHistory(slices.Clone(c.history.lines))(c.p)
}
