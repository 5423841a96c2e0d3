package view

import (
	"strings"

	"github.com/rivo/uniseg"
	"golang.org/x/text/width"
)

// Width is how many cells of a terminal s takes, line ends aside. Characters
// whose East Asian width is ambiguous are narrow, as terminals have them.
func Width(s string) int {
	if n, ok := plainWidth(s); ok {
		return n
	}
	return uniseg.StringWidth(s)
}

// plainCell reports whether a character takes one cell whatever stands beside
// it: ASCII, and the symbols and lines that pictures are made of.
func plainCell(c rune) bool {
	switch {
	case c >= ' ' && c <= '~', c == '·', c == '…', c == '⇄', c == '⇒':
		return true
	case c >= 0x2500 && c <= 0x259f: // box drawing, blocks
		return true
	}
	return false
}

// plainWidth is the width of text that is plain throughout, which most is:
// finding out where its characters begin and end takes fifty times as long.
func plainWidth(s string) (n int, plain bool) {
	for _, c := range s {
		if !plainCell(c) {
			return 0, false
		}
		n++
	}
	return n, true
}

// isWide reports whether a character belongs to a script of wide characters.
func isWide(c rune) bool {
	if c < 0x1100 {
		return false
	}
	k := width.LookupRune(c).Kind()
	return k == width.EastAsianWide || k == width.EastAsianFullwidth
}

// Cut is as much of the beginning of s as fits into n cells; what is cut off
// is marked by the mark, which may be empty. No character is split.
func Cut(s string, n int, mark string) string {
	room := n - Width(mark)
	if room < 0 {
		mark, room = "", n
	}
	end, used, state := 0, 0, -1
	for rest := s; rest != ""; {
		var w int
		_, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if used += w; used > n {
			return s[:end] + mark
		}
		if used <= room {
			end = len(s) - len(rest)
		}
	}
	return s
}

// Cut is [Cut] with an ellipsis.
func (r *Renderer) Cut(s string, n int) string { return Cut(r.Sym(s), n, r.Sym(SymEllipsis)) }

// CutLine is as much of a line as fits into n cells, an ellipsis at its end if
// something was cut off.
func (r *Renderer) CutLine(l Line, n int) Line {
	l = r.ready(l)
	if l.Width() <= n {
		return l
	}
	mark := r.Sym(SymEllipsis)
	kept := Cut(l.Text(), max(n-Width(mark), 0), "")
	return append(l.slice(0, len(kept)), Span{Text: mark})
}

// Pad fills s up with spaces to n cells; what is wider stays as it is.
func Pad(s string, n int) string { return s + spaces(n-Width(s)) }

// PadLeft is Pad with the spaces in front.
func PadLeft(s string, n int) string { return spaces(n-Width(s)) + s }

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }

// pad fills a line up to n cells.
func (l Line) pad(n int) Line {
	if gap := n - l.Width(); gap > 0 {
		return append(append(Line(nil), l...), Span{Text: spaces(gap)})
	}
	return l
}
