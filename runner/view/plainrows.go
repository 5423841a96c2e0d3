package view

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// rowsTogether is how many rows of the kernel's table, alike but for a port,
// are told in one sentence.
const rowsTogether = 8

// rowsAlike reports how many rows at the beginning are to be told together.
func (r *Renderer) rowsAlike(rows []StateRow) int {
	side := -1 // whose port differs: 0 the local one, 1 the remote one
	n := 1
	for n < len(rows) && r.rowKind(rows[n]) == r.rowKind(rows[0]) {
		a, b := [2]string{rows[0].Local, rows[0].Remote}, [2]string{rows[n].Local, rows[n].Remote}
		if side < 0 && a[0] != b[0] {
			side = 0
		} else if side < 0 {
			side = 1
		}
		if a[1-side] != b[1-side] || host(a[side]) == "" || host(a[side]) != host(b[side]) {
			break
		}
		n++
	}
	if n < rowsTogether {
		return 1
	}
	return n
}

// rowKind is what rows that are told together have in common, besides their
// addresses. Times that run may differ.
func (r *Renderer) rowKind(row StateRow) string {
	parts := []string{r.stateWord(row), r.Say(row.Who), fmt.Sprint(row.Whole)}
	for _, t := range row.About {
		if row.Whole > 0 {
			parts = append(parts, t.Format)
			continue
		}
		parts = append(parts, r.Say(t))
	}
	return strings.Join(parts, "\x00")
}

// host is an address without its port, "" if it has none.
func host(addr string) string {
	i := strings.LastIndexByte(addr, ':')
	return addr[:max(i, 0)]
}

// rowsPlain is what there is to say of rows that are told together: the ports
// that differ come last.
func (r *Renderer) rowsPlain(rows []StateRow) words.Text {
	first, last := rows[0], rows[len(rows)-1]
	near := false // it is the ports of the near ends that differ
	for _, row := range rows {
		near = near || row.Local != first.Local
	}
	local, remote := first.Local, host(first.Remote)
	if near {
		local, remote = host(first.Local), first.Remote
	}
	var ports []words.Text
	for _, row := range rows {
		addr := row.Remote
		if near {
			addr = row.Local
		}
		ports = append(ports, harmless(strings.TrimPrefix(addr, host(addr)+":")))
	}
	parts := []words.Text{words.F("%d connections", len(rows)), between(local, remote), r.whoPlain(first)}
	for i, t := range first.About {
		if again := last.About[i]; r.Say(again) != r.Say(t) {
			t = words.F("the first with %s, the last with %s", t, again)
		}
		parts = append(parts, t)
	}
	if first.Whole > 0 {
		parts = append(parts, words.F("of %.0f s", first.Whole.Seconds()))
	}
	which := words.F("the ports of the other ends are %s", commas(ports...))
	if near {
		which = words.F("the ports of the near ends are %s", commas(ports...))
	}
	return semicolons(commas(parts...), which)
}
