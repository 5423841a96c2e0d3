package check

import "go.starlark.net/resolve"

type place struct {
	line, col int
	msg       string
}

// resolveErrors is the first of the errors for words outside the vocabulary.
func resolveErrors(err error) (place, bool) {
	list, ok := err.(resolve.ErrorList)
	if !ok || len(list) == 0 {
		return place{}, false
	}
	return place{int(list[0].Pos.Line), int(list[0].Pos.Col), list[0].Msg}, true
}
