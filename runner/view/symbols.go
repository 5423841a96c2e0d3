package view

import "strings"

// The symbols that stand in front of things.
const (
	SymHeld     = "✓"
	SymFailed   = "✗"
	SymOpen     = "○"
	SymStands   = "⇒" // stands for
	SymPair     = "⇄" // one end and the other
	SymEllipsis = "…"
	SymRule     = "─"
	SymBar      = "│"
	SymRight    = "▶"
	SymLeft     = "◀"
	SymDot      = "·"
)

// twins gives every symbol that is not ASCII its twin for terminals and fonts
// that lack it, and for screen readers.
var twins = strings.NewReplacer(
	SymHeld, "[x]", SymFailed, "[ ]", SymOpen, "[?]", SymStands, "=>", SymPair, "<->",
	SymEllipsis, "...", SymRule, "-", SymBar, "|", SymRight, ">", SymLeft, "<", SymDot, "-",
	"•", "*", "→", "->", "←", "<-", "↔", "<->", "↑", "^", "↓", "v", "⇐", "<=", "➜", "->",
	"▲", "^", "▼", "v", "●", "*", "◆", "*", "■", "#", "□", "[ ]", "✔", "[x]", "✘", "[ ]",
	"━", "=", "═", "=", "┃", "|", "║", "|", "┄", "-", "┆", "|", "╌", "-", "╎", "|",
	"┌", "+", "┐", "+", "└", "+", "┘", "+", "├", "+", "┤", "+", "┬", "+", "┴", "+", "┼", "+",
	"╭", "+", "╮", "+", "╰", "+", "╯", "+", "╔", "+", "╗", "+", "╚", "+", "╝", "+",
	"╠", "+", "╣", "+", "╦", "+", "╩", "+", "╬", "+",
	"█", "#", "▓", "#", "▒", ":", "░", ".", "▕", "|", "▏", "|", "▌", "#", "▐", "#", "▀", "#", "▄", "#",
	"≤", "<=", "≥", ">=", "≠", "!=", "≈", "~", "×", "x", "−", "-", "–", "-",
	"‘", "'", "’", "'",
)

// moreTwins are the marks of prose, which Chinese text has in its own right.
var moreTwins = strings.NewReplacer("—", "--", "“", `"`, "”", `"`)

// Sym is s, with every symbol replaced by its twin if the renderer is to keep
// to ASCII. Letters of any script stay.
func (r *Renderer) Sym(s string) string {
	if !r.opts.ASCII {
		return s
	}
	s = twins.Replace(s)
	if hasWide(s) {
		return s
	}
	return moreTwins.Replace(s)
}

// hasWide reports whether s has a character of a wide script.
func hasWide(s string) bool {
	for _, c := range s {
		if isWide(c) {
			return true
		}
	}
	return false
}
