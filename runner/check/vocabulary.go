package check

import (
	"slices"
	"sort"

	"go.starlark.net/starlark"
)

// A Word of the vocabulary, for the manual and for lint.
type Word struct {
	Name, Signature, Help string

	// Example is a fact that holds once After was typed, in a lab with the
	// servers echo (tcp-upper, port 8080) and box (udp-upper, port 8081).
	Example, After string
	// Trap is what is easily got wrong.
	Trap string
}

// A row of the vocabulary: a word and what answers it.
type row struct {
	Name, Signature, Help string
	ask                   func(*Task, *starlark.Thread, *starlark.Builtin, starlark.Tuple, []starlark.Tuple) (starlark.Value, error)
}

const filters = whose + ", times=1, same=False"

const whose = "by=, port=, local=, on=, family="

var table = slices.Concat([]row{
	{"called", `called(op, ` + filters + `, result=, size=, option=, value=)`,
		"the call was made and succeeded; result is what it returned, size what it was given", (*Task).called},
	{"failed", `failed(op, errno="", ` + filters + `, size=, option=, value=)`,
		`the call was made and refused; errno is a symbol such as "ECONNREFUSED", or "timeout" or "cancelled"`, (*Task).failed},
	{"eof", `eof(` + filters + `)`, "a recv returned b'': the end of the stream", (*Task).eof},
	{"sent", `sent(data=b"", ` + filters + `)`, "these bytes went out of one socket, in one call or more", (*Task).sent},
	{"received", `received(data=b"", ` + filters + `)`, "these bytes came in at one socket, in one call or more", (*Task).received},
	{"before", `before(fact, fact)`, "the first fact held before the second", (*Task).before},
	{"kernel", `kernel(state, ` + whose + `, times=1)`, "the kernel has shown a socket of the lab in this state; with times, so many at one moment", (*Task).kernel},
	{"queued", `queued(n=1, ` + whose + `)`, "a listener had n connections waiting in its accept queue", (*Task).queued},
	{"segments", `segments(out=, into=, ` + whose + `)`, "the kernel counted so many segments (TCP_INFO)", (*Task).segments},
	{"waiting", `waiting(op, ` + whose + `)`, "a call was waiting for an answer", (*Task).waiting},
}, datagramWords, modeWords, childWords)

// Vocabulary lists the words by name.
func Vocabulary() []Word {
	var list []Word
	for _, w := range table {
		x := examples[w.Name]
		list = append(list, Word{Name: w.Name, Signature: w.Signature, Help: w.Help, Example: x.fact, After: x.after, Trap: x.trap})
	}
	sort.Slice(list, func(a, b int) bool { return list[a].Name < list[b].Name })
	return list
}

func (t *Task) vocabulary() starlark.StringDict {
	dict := starlark.StringDict{}
	for _, w := range table {
		dict[w.Name] = starlark.NewBuiltin(w.Name, func(th *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
			return w.ask(t, th, b, args, kwargs)
		})
	}
	return dict
}
