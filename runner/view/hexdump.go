package view

import (
	"fmt"
	"strings"
)

// Hexdump prints bytes with their offsets, in hexadecimal and as ASCII, where
// a dot stands for all that is not a letter, digit, mark or space. It prints
// sixteen bytes a line, fewer where there is no room.
func (r *Renderer) Hexdump(data []byte) {
	if r.opts.Plain {
		r.Print(r.hexdumpPlain(data)...)
		return
	}
	r, done := r.canvas(0)
	defer done()
	r.Print(r.HexdumpLines(data, r.Width())...)
}

// HexdumpLines is a hexdump of at most the given width.
func (r *Renderer) HexdumpLines(data []byte, width int) []Line {
	digits := 4
	if len(data) > 1<<16 {
		digits = 8
	}
	per := 16
	for per > 1 && hexWidth(digits, per) > width {
		per /= 2
	}
	var lines []Line
	for at := 0; at < len(data); at += per {
		row := data[at:min(at+per, len(data))]
		line := Join(
			S(Dim, fmt.Sprintf("%0*x", digits, at)), L("  "),
			L(Pad(hexBytes(row), per*3-1+middle(per))), L("  "),
			S(Code, hexText(row)),
		)
		lines = append(lines, chop(line, width)...)
	}
	return lines
}

// hexWidth is the width of a line of a number of bytes.
func hexWidth(digits, per int) int { return digits + 2 + per*3 - 1 + middle(per) + 2 + per }

// middle is the width of the gap in the middle of sixteen bytes.
func middle(per int) int {
	if per == 16 {
		return 1
	}
	return 0
}

func hexBytes(row []byte) string {
	var b strings.Builder
	for i, c := range row {
		if i > 0 {
			b.WriteByte(' ')
		}
		if i == 8 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%02x", c)
	}
	return b.String()
}

func hexText(row []byte) string {
	text := make([]byte, len(row))
	for i, c := range row {
		if text[i] = c; c < ' ' || c > '~' {
			text[i] = '.'
		}
	}
	return string(text)
}
