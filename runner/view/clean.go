package view

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// tabStop is how far apart tab stops are.
const tabStop = 4

// Clean makes s one harmless line: whatever would control the terminal, order
// text by direction or be invisible is shown as Python writes it (\x1b, \n,
// \u202e), and so is a byte that is not UTF-8.
func Clean(s string) string { return clean(s, false) }

// CleanLines is Clean for text of several lines: line ends stay, and a tab
// moves to the next stop.
func CleanLines(s string) string { return clean(s, true) }

func clean(s string, lines bool) string {
	if !needsCleaning(s, lines) {
		return s
	}
	var b strings.Builder
	column, measured := 0, 0 // cells of the current line up to a byte of b
	for i := 0; i < len(s); {
		c, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case c == utf8.RuneError && n <= 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case lines && c == '\n':
			b.WriteByte('\n')
			column, measured = 0, b.Len()
		case lines && c == '\r' && strings.HasPrefix(s[i:], "\r\n"):
		case lines && c == '\t':
			column += Width(b.String()[measured:])
			b.WriteString(spaces(tabStop - column%tabStop))
			column, measured = column+tabStop-column%tabStop, b.Len()
		case harmful(c):
			b.WriteString(escape(c))
		default:
			b.WriteString(s[i : i+n])
		}
		i += n
	}
	return b.String()
}

func needsCleaning(s string, lines bool) bool {
	if !utf8.ValidString(s) {
		return true
	}
	for _, c := range s {
		if harmful(c) && (!lines || c != '\n') {
			return true
		}
	}
	return false
}

// harmful reports whether a character controls the terminal, ends a line, or
// is invisible and changes how others look, as the bidirectional controls of
// UAX #9 do. The two joiners stay: emoji and scripts are written with them.
func harmful(c rune) bool {
	const nonJoiner, joiner = 0x200c, 0x200d
	if plainCell(c) || c == nonJoiner || c == joiner {
		return false
	}
	return unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp)
}

func escape(c rune) string {
	switch {
	case c == '\n':
		return `\n`
	case c == '\r':
		return `\r`
	case c == '\t':
		return `\t`
	case c < 0x100:
		return fmt.Sprintf(`\x%02x`, c)
	case c < 0x10000:
		return fmt.Sprintf(`\u%04x`, c)
	}
	return fmt.Sprintf(`\U%08x`, c)
}
