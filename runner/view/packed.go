package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/words"
)

// Packed is a struct format and the bytes that belong to it.
type Packed struct {
	Format *pack.Format
	Data   []byte // as many as the format has; nil: the layout alone
}

// packedMin is the narrowest terminal for boxes, packedItems how many values
// are drawn, and packedBytes how many bytes of one.
const (
	packedMin   = 60
	packedItems = 24
	packedBytes = 10
)

// Packed prints where each value of a format has its bytes, where padding is,
// and what the numbers would be in the other byte order.
func (r *Renderer) Packed(p Packed) {
	r, done := r.canvas(packedMin)
	defer done()
	items, values, bytes := p.items()
	width := r.Width()
	head := words.F("%s: %s, %s", oneLine(p.Format.String()), byteCount(p.Format.Size()), orderOf(p.Format))
	lines := r.wrap(r.gutter(width), r.gutter(width), r.ready(S(Heading, r.Say(head))), width)
	if r.opts.Plain {
		lines = append(lines, r.packedPlain(p, items)...)
	} else if width < packedMin || r.ASCII() {
		lines = append(lines, r.packedList(p, items)...)
	} else {
		lines = append(lines, r.packedBoxes(p, items)...)
	}
	if bytes > 0 {
		lines = append(lines, r.Wrap(r.gutter(width), S(Dim, r.Say(words.F("not drawn: %d more bytes, %d more values", bytes, values))), width)...)
	}
	r.Print(lines...)
}

// items are those that are drawn, and what the others come to.
func (p Packed) items() (items []pack.Item, values, bytes int) {
	end := 0
	for it := range p.Format.Items() {
		if len(items) == packedItems {
			break
		}
		items = append(items, it)
		end = it.Offset + it.Size
		values = max(values, it.Value+1)
	}
	return items, p.Format.Values() - values, p.Format.Size() - end
}

func byteCount(n int) words.Text {
	if n == 1 {
		return words.F("1 byte")
	}
	return words.F("%d bytes", n)
}

// orderOf is what the prefix of a format says.
func orderOf(f *pack.Format) words.Text {
	switch f.Prefix() {
	case '=':
		return words.F("native order (little-endian), standard sizes, no padding")
	case '<':
		return words.F("little-endian, standard sizes, no padding")
	case '>':
		return words.F("big-endian, standard sizes, no padding")
	case '!':
		return words.F("network order (big-endian), standard sizes, no padding")
	}
	return words.F("native order (little-endian), native sizes and alignment")
}

// readAs is the label of the numbers in another order.
func readAs(o pack.Order) words.Text {
	if o == pack.BigEndian {
		return words.F("read big-endian")
	}
	return words.F("read little-endian")
}

// packedCell is an item in words: its bytes, its format with the place
// of its value, the value, and the value in the other order.
type packedCell struct {
	pad                  bool
	offset, bytes        string
	name, value, flipped string
}

func (r *Renderer) packedCell(p Packed, it pack.Item) packedCell {
	c := packedCell{pad: it.Pad, offset: fmt.Sprint(it.Offset), bytes: packedHex(p.Data, it)}
	switch {
	case it.Code == 0:
	case it.IsText() && it.Code != 'c', it.Pad && it.Size != 1:
		c.name = fmt.Sprintf("%d%c", it.Size, it.Code)
	default:
		c.name = string(rune(it.Code))
	}
	switch {
	case it.Pad:
		c.name = strings.TrimSpace(c.name + " " + r.Say(words.F("padding")))
	case p.Format.Values() > 1:
		c.name += fmt.Sprintf(" [%d]", it.Value)
	}
	if it.Pad || p.Data == nil {
		return c
	}
	c.value = r.packedValue(it.Read(p.Data, p.Format.Order()))
	if it.Ordered() {
		c.flipped = r.packedValue(it.Read(p.Data, p.Format.Order().Other()))
	}
	return c
}

// packedValue is a value as Python shows it, no longer than its bytes are.
func (r *Renderer) packedValue(v any) string {
	const longest = packedBytes*3 + 2
	if b, ok := v.([]byte); ok {
		return r.Cut(BytesLiteral(b[:min(len(b), longest)]), longest)
	}
	return r.Cut(PythonValue(v), longest)
}

// packedHex is the bytes of an item, of a long one the first and the last.
// Around padding stand shades, since colour alone would not tell.
func packedHex(data []byte, it pack.Item) string {
	var parts []string
	add := func(from, to int) {
		for i := from; i < to; i++ {
			if data == nil {
				parts = append(parts, SymDot+SymDot)
			} else {
				parts = append(parts, fmt.Sprintf("%02x", data[it.Offset+i]))
			}
		}
	}
	if it.Size > packedBytes {
		add(0, packedBytes-2)
		parts = append(parts, SymEllipsis)
		add(it.Size-1, it.Size)
	} else {
		add(0, it.Size)
	}
	if it.Pad {
		return strings.Join(parts, shade)
	}
	return strings.Join(parts, " ")
}

const shade = "░"

// packedList says the same in words, a line for each value.
func (r *Renderer) packedList(p Packed, items []pack.Item) []Line {
	var lines []Line
	width := r.Width()
	for _, it := range items {
		c := r.packedCell(p, it)
		head := words.F("offset %d: %s, %s", it.Offset, c.name, byteCount(it.Size))
		text := Join(L(r.Say(head)))
		if p.Data != nil {
			text = Join(text, L(": "), S(Dim, strings.ReplaceAll(c.bytes, shade, " ")))
		}
		if c.value != "" {
			text = Join(text, L(" = "), S(Accent, c.value))
		}
		if c.flipped != "" {
			text = Join(text, S(Dim, " ("+r.Say(readAs(p.Format.Order().Other()))+": "+c.flipped+")"))
		}
		lines = append(lines, r.wrap(L("  "), L("    "), text, width)...)
	}
	return lines
}

// packedRow is a line below or above the boxes.
type packedRow struct {
	label words.Text
	style Style
	text  func(c packedCell) string
}

// in reports whether one of the cells has something for the row.
func (row packedRow) in(cells []packedCell) bool {
	for _, c := range cells {
		if row.text(c) != "" {
			return true
		}
	}
	return false
}

func packedRows(p Packed) []packedRow {
	return []packedRow{
		{words.F("offset"), Dim, func(c packedCell) string { return c.offset }},
		{words.F("format"), Name, func(c packedCell) string { return c.name }},
		{words.F("value"), Accent, func(c packedCell) string { return c.value }},
		{readAs(p.Format.Order().Other()), Dim, func(c packedCell) string { return c.flipped }},
	}
}

// packedBoxes draws as many boxes on a line as fit.
func (r *Renderer) packedBoxes(p Packed, items []pack.Item) []Line {
	cells := make([]packedCell, len(items))
	for i, it := range items {
		cells[i] = r.packedCell(p, it)
	}
	rows := packedRows(p)
	label := 0
	for _, row := range rows {
		if row.in(cells) {
			label = max(label, Width(r.Say(row.label)))
		}
	}
	label += 2
	room := r.Width() - r.gutter(r.Width()).Width() - label - 1
	var lines []Line
	var line []packedCell
	used := 0
	for _, c := range cells {
		if w := c.width() + 3; used+w > room && len(line) > 0 {
			lines = append(lines, r.boxLine(rows, line, label)...)
			line, used = nil, 0
		}
		line = append(line, c)
		used += c.width() + 3
	}
	if len(line) > 0 {
		lines = append(lines, r.boxLine(rows, line, label)...)
	}
	return lines
}

func (c packedCell) width() int {
	return max(Width(c.offset), Width(c.bytes), Width(c.name), Width(c.value), Width(c.flipped))
}

// boxLine is one line of boxes: the offsets above them, the rest below. Rows
// that are empty are left out.
func (r *Renderer) boxLine(rows []packedRow, cells []packedCell, label int) []Line {
	g := r.gutter(r.Width())
	top, bottom := "┌", "└"
	boxes := Join(g, L(spaces(label)+SymBar))
	for i, c := range cells {
		edge := strings.Repeat(SymRule, c.width()+2)
		joint, foot := "┬", "┴"
		if i == len(cells)-1 {
			joint, foot = "┐", "┘"
		}
		top, bottom = top+edge+joint, bottom+edge+foot
		if c.pad {
			fill := strings.Repeat(shade, c.width()-Width(c.bytes)+1)
			boxes = Join(boxes, S(Dim, shade+c.bytes+fill), L(SymBar))
		} else {
			boxes = Join(boxes, S(Code, " "+Pad(c.bytes, c.width())+" "), L(SymBar))
		}
	}
	var lines []Line
	for i, row := range rows {
		line := Join(g, S(Dim, Pad(r.Say(row.label), label)))
		for _, c := range cells {
			line = Join(line, S(row.style, "  "+Pad(row.text(c), c.width())+" "))
		}
		if row.in(cells) {
			lines = append(lines, trimRight(line))
		}
		if i == 0 {
			lines = append(lines, Join(g, L(spaces(label)+top)), boxes, Join(g, L(spaces(label)+bottom)))
		}
	}
	return lines
}
