package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/words"
)

// hexdumpPlain says sixteen bytes at a time: which they are, in hexadecimal,
// and as text.
func (r *Renderer) hexdumpPlain(data []byte) []Line {
	const per = 16
	var lines []Line
	for at := 0; at < len(data); at += per {
		row := data[at:min(at+per, len(data))]
		hex := fmt.Sprintf("% x", row)
		lines = append(lines, r.spoken(words.F("%s: %s; as text: %s", places(at, at+len(row)), hex, textPlain(row)))...)
	}
	return lines
}

// places are the numbers of bytes; end is behind the last.
func places(from, end int) words.Text {
	if end-from == 1 {
		return words.F("byte %d", from)
	}
	return words.F("bytes %d to %d", from, end-1)
}

// textPlain is text in quotes, and how many bytes between are none.
func textPlain(row []byte) words.Text {
	var parts []words.Text
	for i := 0; i < len(row); {
		j := i
		good := printableByte(row[i])
		for j < len(row) && printableByte(row[j]) == good {
			j++
		}
		if good {
			parts = append(parts, words.Raw(`"`+string(row[i:j])+`"`))
		} else {
			parts = append(parts, words.F("%d not printable", j-i))
		}
		i = j
	}
	return commas(parts...)
}

func printableByte(c byte) bool { return c >= ' ' && c <= '~' }

// decodersPlain tells what each decoder makes of the bytes, character by
// character; those of one byte each are told together.
func (r *Renderer) decodersPlain(data []byte, list []Decoding) {
	const mostErrors = 32
	if len(data) > 0 {
		r.speak(words.F("%s are in hexadecimal %s", places(0, min(len(data), stripMost)), fmt.Sprintf("% x", data[:min(len(data), stripMost)])))
	}
	for _, d := range list {
		good, bad := 0, 0
		for i := 0; i < len(d.Pieces); {
			j := i + 1
			for lettersOf(d.Pieces[i]) && j < len(d.Pieces) && lettersOf(d.Pieces[j]) && d.Pieces[j].From < stripMost {
				j++
			}
			run := d.Pieces[i:j]
			if run[0].Err != "" {
				bad++
			} else {
				good += j - i
			}
			if run[0].From < stripMost || run[0].Err != "" && bad <= mostErrors {
				r.speak(named(words.Raw(d.Name), r.piecesPlain(data, run)))
			}
			i = j
		}
		verdict := words.F("%s, no error", characters(good))
		if bad > 0 {
			verdict = words.F("%s, errors: %d", characters(good), bad)
		}
		r.speak(named(words.Raw(d.Name), verdict))
	}
	if n := len(data) - stripMost; n > 0 {
		r.speak(words.F("%d bytes more are not told one by one", n))
	}
	if n := accepting(list); n > 1 {
		r.speak(words.F("%d different texts, each without an error: nothing in the bytes says which is meant", n))
	}
}

// lettersOf reports whether a piece is a character of one byte.
func lettersOf(p Decoded) bool { return p.To-p.From == 1 && p.Err == "" }

// piecesPlain says which bytes are which text, or why they are none.
func (r *Renderer) piecesPlain(data []byte, run []Decoded) words.Text {
	first, last := run[0], run[len(run)-1]
	if first.Err != "" {
		return reason(data, first)
	}
	var text strings.Builder
	for _, p := range run {
		text.WriteString(r.piece(p))
	}
	hex := fmt.Sprintf("% x", data[first.From:min(last.To, len(data))])
	return words.F("%s, %s, are the text %s", places(first.From, last.To), hex, words.Raw(text.String()))
}

// packedPlain says where each value of a format has its bytes.
func (r *Renderer) packedPlain(p Packed, items []pack.Item) []Line {
	var lines []Line
	for _, it := range items {
		c := r.packedCell(p, it)
		parts := []words.Text{harmless(c.name), byteCount(it.Size)}
		if c.name == "" {
			parts[0] = words.F("padding")
		}
		if p.Data != nil {
			hex := strings.ReplaceAll(c.bytes, shade, " ")
			parts = append(parts, words.F("in hexadecimal %s", words.Raw(hex)))
		}
		if c.value != "" {
			parts = append(parts, words.F("the value is %s", harmless(c.value)))
		}
		if c.flipped != "" {
			parts = append(parts, words.F("%s it is %s", readAs(p.Format.Order().Other()), harmless(c.flipped)))
		}
		lines = append(lines, r.spoken(named(words.F("offset %d", it.Offset), commas(parts...)))...)
	}
	return lines
}
