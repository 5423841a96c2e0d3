package lessons

import (
	"math/big"
	"strings"

	"golang.org/x/text/width"
)

// Judge scores an answer. Case, white space, full-width forms, kinds of
// quotes and the base of a number do not count. A choice is named by its
// text, its letter or its number. known reports whether the answer is one the
// question foresees; one that is not known is not right. A prediction is
// decided by what happens, never by Judge: right is false.
func (q *Question) Judge(answer string) (right bool, reply string, known bool) {
	if len(q.Choices) > 0 {
		i, ok := q.Pick(answer)
		if !ok {
			return false, "", false
		}
		return q.Choices[i].Right, q.Choices[i].Say, true
	}
	for _, a := range q.Answers {
		if sameAnswer(a, answer) {
			return true, "", true
		}
	}
	for _, w := range q.Wrong {
		if sameAnswer(w.Answer, answer) {
			return false, w.Say, true
		}
	}
	return false, "", false
}

// Pick finds the choice an answer names: by its text first, since a text may
// be a number itself, then by its letter or its number, both from the first
// choice on.
func (q *Question) Pick(answer string) (int, bool) {
	want := normal(answer)
	if want == "" {
		return 0, false
	}
	for i, c := range q.Choices {
		if sameAnswer(c.Text, answer) {
			return i, true
		}
	}
	want = strings.Trim(want, "().: 、")
	if len(want) == 1 && want[0] >= 'a' && int(want[0]-'a') < len(q.Choices) {
		return int(want[0] - 'a'), true
	}
	if n, ok := number(want); ok && n.IsInt64() && n.Int64() >= 1 && n.Int64() <= int64(len(q.Choices)) {
		return int(n.Int64()) - 1, true
	}
	return 0, false
}

func sameAnswer(a, b string) bool {
	a, b = normal(a), normal(b)
	if a == b {
		return a != ""
	}
	x, ok := number(a)
	if !ok {
		return false
	}
	y, ok := number(b)
	return ok && x.Cmp(y) == 0
}

// alike makes one character of those that keyboards and input methods put in
// each other's place.
var alike = strings.NewReplacer(
	"‘", "'", "’", "'", "“", "'", "”", "'", `"`, "'", "`", "",
	"−", "-", "–", "-", "—", "-", "，", ",", "。", ".", "\u00a0", " ",
)

// normal is an answer as it is compared.
func normal(s string) string {
	s = alike.Replace(width.Fold.String(s))
	s = squeeze(strings.ToLower(s))
	if len(s) > 1 {
		s = strings.TrimRight(s, ".!")
	}
	return strings.TrimSpace(s)
}

// maxDigits is as long as a number may be that is compared by its value.
const maxDigits = 80

// number reads a whole number in the bases that Python writes, with _ or ,
// between digits.
func number(s string) (*big.Int, bool) {
	if len(s) > maxDigits {
		return nil, false
	}
	s, neg := strings.CutPrefix(s, "-")
	if !neg {
		s = strings.TrimPrefix(s, "+")
	}
	base := 10
	for prefix, b := range map[string]int{"0x": 16, "0o": 8, "0b": 2} {
		if rest, ok := strings.CutPrefix(s, prefix); ok {
			s, base = rest, b
			break
		}
	}
	s = strings.NewReplacer("_", "", ",", "").Replace(s)
	if s == "" || s[0] == '-' || s[0] == '+' {
		return nil, false
	}
	n, ok := new(big.Int).SetString(s, base)
	if ok && neg {
		n.Neg(n)
	}
	return n, ok
}
