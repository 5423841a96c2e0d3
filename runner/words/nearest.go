package words

import "unicode/utf8"

// Nearest is the name of the list most like word, or "" if none is near. Words
// under three letters have no nearest name: everything is near them.
func Nearest(word string, list []string) string {
	n := utf8.RuneCountInString(word)
	if n < 3 {
		return ""
	}
	best, limit := "", n/4+1
	for _, name := range list {
		if name == word || utf8.RuneCountInString(name) < 3 {
			continue
		}
		d := distance([]rune(word), []rune(name), limit)
		if d < limit || d == limit && d == 1 && best == "" {
			best, limit = name, d
		}
	}
	return best
}

// distance is the number of letters to add, drop, change or swap with their
// neighbour to turn a into b, or more than limit.
func distance(a, b []rune, limit int) int {
	if len(a)-len(b) > limit || len(b)-len(a) > limit {
		return limit + 1
	}
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
