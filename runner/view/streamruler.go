package view

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

const (
	rulerCell  = 5 // cells that the piece between two marks has at least
	rulerScale = 4 // cells for a byte at most
)

// A ruler is the axis of bytes of a picture: where the sends and recvs begin
// and end, and in which columns. If there are too many marks for the room, the
// middle is left out.
type ruler struct {
	marks    []int // bytes
	columns  []int // of the marks
	gap      int   // the piece that stands for the middle; -1: none
	unscaled bool  // the pieces are not as long as their bytes
}

// newRuler sets marks at the ends of spans. Every span ends at two marks.
func newRuler(room int, rows ...[]StreamSpan) ruler {
	u := ruler{gap: -1}
	for _, spans := range rows {
		for i := range spans {
			u.marks = append(u.marks, spans[i].From, spans[i].To)
		}
	}
	slices.Sort(u.marks)
	u.marks = slices.Compact(u.marks)
	if most := max(room/rulerCell, 3); len(u.marks)-1 > most {
		u.gap = (most - 1) / 2
		rest := most - 1 - u.gap
		u.marks = slices.Delete(u.marks, u.gap+1, len(u.marks)-1-rest)
	}
	u.lay(room)
	return u
}

// lay gives each mark its column: to scale if that leaves every piece room for
// a word. Else short pieces get as much as they want, and the long ones share
// the rest.
func (u *ruler) lay(room int) {
	pieces := len(u.marks) - 1
	u.columns = make([]int, len(u.marks))
	total, least := 0, math.MaxInt
	for i := range pieces {
		if n := u.marks[i+1] - u.marks[i]; i != u.gap {
			total += n
			least = min(least, n)
		}
	}
	if u.gap >= 0 {
		room -= rulerCell
	}
	if scale := min(rulerScale, float64(room)/float64(max(total, 1))); float64(least)*scale >= rulerCell {
		at := 0
		u.place(func(n int) int { at += n; return int(float64(at)*scale) - int(float64(at-n)*scale) })
		return
	}
	most := rulerCell
	for most < room && u.capped(most+1) <= room {
		most++
	}
	u.unscaled = u.gap >= 0 || u.capped(most) < u.capped(room)
	u.place(func(n int) int { return wanted(n, most) })
}

// wanted is how many cells a piece of n bytes gets if none gets more than most.
func wanted(n, most int) int { return min(max(n*rulerScale, rulerCell), most) }

func (u *ruler) capped(most int) int {
	sum := 0
	for i := range len(u.marks) - 1 {
		if i != u.gap {
			sum += wanted(min(u.marks[i+1]-u.marks[i], most), most)
		}
	}
	return sum
}

func (u *ruler) place(cells func(n int) int) {
	for i := range len(u.marks) - 1 {
		width := rulerCell
		if i != u.gap {
			width = cells(u.marks[i+1] - u.marks[i])
		}
		u.columns[i+1] = u.columns[i] + width
	}
}

// width is how many columns the ruler has, without the number at its end.
func (u *ruler) width() int {
	if len(u.columns) == 0 {
		return 0
	}
	return u.columns[len(u.columns)-1]
}

// part is what is seen of a span, and at which of its ends the gap cuts it.
type part struct {
	from, to            int // columns
	openLeft, openRight bool
}

// parts are the columns of a span: two pieces if it reaches over the gap, none
// if it lies in it.
func (u *ruler) parts(s *StreamSpan) []part {
	if u.gap < 0 {
		return []part{{from: u.column(s.From), to: u.column(s.To)}}
	}
	start, end := u.marks[u.gap], u.marks[u.gap+1]
	var list []part
	if s.From < start {
		list = append(list, part{from: u.column(s.From), to: u.column(min(s.To, start)), openRight: s.To > start})
	}
	if s.To > end {
		list = append(list, part{from: u.column(max(s.From, end)), to: u.column(s.To), openLeft: s.From < end})
	}
	return list
}

func (u *ruler) column(at int) int {
	i, _ := slices.BinarySearch(u.marks, at)
	return u.columns[min(i, len(u.columns)-1)]
}

// axis is the line of the bytes themselves with the marks' numbers, as far as
// they do not touch. There are no other borders in it.
func (u *ruler) axis() string {
	line := []rune(strings.Repeat("═", u.width()))
	if u.gap >= 0 {
		for i := u.columns[u.gap]; i < u.columns[u.gap+1]; i++ {
			line[i] = '┄'
		}
	}
	used := 0
	for i, mark := range u.marks {
		text := []rune(fmt.Sprint(mark))
		column, last := u.columns[i], i == len(u.marks)-1
		switch {
		case last:
			line = append(line, text...)
		case column >= used && column+len(text) < u.width():
			copy(line[column:], text)
			used = column + len(text) + 1
		}
	}
	return string(line)
}
