package lessons

import (
	"regexp"
	"strings"
)

// nearest is the word of a list that differs least from another, and no more
// than by a letter in three; "" if there is none.
func nearest(word string, list []string) string {
	best, limit := "", len(word)/3+1
	for _, w := range list {
		if d := distance(strings.ToLower(word), w); d < limit {
			best, limit = w, d
		}
	}
	return best
}

// meant is ", did you mean …?" behind a fault, or nothing.
func meant(word string, list []string) string {
	if near := nearest(word, list); near != "" {
		return "; did you mean " + near + "?"
	}
	return ""
}

// distance is how many letters are to be added, dropped, changed or swapped
// with their neighbour to turn a into b.
func distance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			row[j] = last[j-1]
			if a[i-1] != b[j-1] {
				row[j] = 1 + min(last[j-1], last[j], row[j-1])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

// notSlug matches what a slug has not.
var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slugOf makes a slug of a name.
func slugOf(name string) string {
	s := strings.Trim(notSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
	if s == "" {
		return "lesson"
	}
	return s
}
