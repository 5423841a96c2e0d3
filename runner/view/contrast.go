package view

import "github.com/fatih/color"

// A look is what each style asks of the terminal.
type look [styles][]color.Attribute

// usual is the look on most terminals.
var usual = look{
	Heading: {color.Bold},
	Dim:     {color.Faint},
	Good:    {color.FgGreen},
	Bad:     {color.FgRed},
	Code:    {color.FgCyan},
	Name:    {color.FgCyan, color.Bold},
	Accent:  {color.FgMagenta, color.Bold},
	Strong:  {color.Bold},
	Emph:    {color.Italic},
}

// bold is the look for a projector where only the terminal's own colours are
// known: nothing is faint, and nothing is slanted alone.
var bold = look{
	Heading: {color.Bold},
	Good:    {color.FgGreen, color.Bold},
	Bad:     {color.FgRed, color.Bold},
	Code:    {color.FgCyan},
	Name:    {color.FgCyan, color.Bold},
	Accent:  {color.FgMagenta, color.Bold},
	Strong:  {color.Bold},
	Emph:    {color.Underline},
}

// vivid is the look for a projector with the colours of xterm. Each of them has
// a contrast of at least 4 to 1 against black and against white (WCAG 2.2,
// contrast ratio), so that it does not matter which of them the ground is.
var vivid = look{
	Heading: {color.Bold},
	Good:    {foreground, indexed, xtermGreen, color.Bold},
	Bad:     {foreground, indexed, xtermRed, color.Bold},
	Code:    {foreground, indexed, xtermCyan},
	Name:    {foreground, indexed, xtermCyan, color.Bold},
	Accent:  {foreground, indexed, xtermMagenta, color.Bold},
	Strong:  {color.Bold},
	Emph:    {color.Underline},
}

// ISO 8613-6: 38;5;N is colour N for the letters, 48;5;N for the ground.
const (
	foreground color.Attribute = 38
	ground     color.Attribute = 48
	indexed    color.Attribute = 5
)

// The colours that are taken from xterm's 256.
const (
	xtermGreen   color.Attribute = 28  // #008700
	xtermCyan    color.Attribute = 30  // #008787
	xtermMagenta color.Attribute = 129 // #af00ff
	xtermRed     color.Attribute = 161 // #d7005f
	xtermWhite   color.Attribute = 231 // #ffffff
	xtermDarkRed color.Attribute = 124 // #af0000
	xtermBlue    color.Attribute = 25  // #005faf
)

// attributesOf is the look that the options ask for.
func attributesOf(opts Options) look {
	switch {
	case opts.Contrast && opts.Colors256:
		return vivid
	case opts.Contrast:
		return bold
	}
	return usual
}

// groundOf is the ground under what was said in a chat: blue, or red for what
// is one's own.
func groundOf(opts Options, own bool) []color.Attribute {
	which := []color.Attribute{color.BgBlue, color.FgHiWhite, color.Bold}
	if own {
		which[0] = color.BgRed
	}
	switch {
	case !opts.Contrast:
		return which[:1]
	case !opts.Colors256:
		return which
	case own:
		return []color.Attribute{ground, indexed, xtermDarkRed, foreground, indexed, xtermWhite}
	}
	return []color.Attribute{ground, indexed, xtermBlue, foreground, indexed, xtermWhite}
}
