package code

import "github.com/socklab/socklab/runner/words"

// foreign is the error for a word of Python that is not in the language; the
// hint says what to use.
func foreign(word, hint string) *Error {
	e := raiseText("SyntaxError", "", words.F("there is no %s here", word))
	if h, ok := instead[word]; ok {
		e.Hint = h
	}
	if hint != "" {
		e.Hint = words.Raw(hint)
	}
	return e
}

// instead tells what to use for the words of Python that are not here.
var instead = map[string]words.Text{
	"try":      words.F("an error is shown and the prompt goes on; connect_ex gives the number instead"),
	"except":   words.F("an error is shown and the prompt goes on; connect_ex gives the number instead"),
	"finally":  words.F("an error is shown and the prompt goes on; connect_ex gives the number instead"),
	"with":     words.F("call close() at the end"),
	"class":    words.F("use def, a dict or a tuple"),
	"raise":    words.F(`use fail("text")`),
	"assert":   words.F("use if not …: fail(…)"),
	"yield":    words.F("return a list"),
	"async":    words.F("serve(…) runs a server beside you"),
	"await":    words.F("serve(…) runs a server beside you"),
	"@":        words.F("serve(…) runs a server beside you; a function can be called on another: f = g(f)"),
	"nonlocal": words.F("keep the value in a list or a dict"),
	"match":    words.F("use if and elif"),
}

// notModules are modules of Python that will not be here, and what to use.
var notModules = map[string]words.Text{
	"threading":       words.F("serve(…) runs a server beside you"),
	"_thread":         words.F("serve(…) runs a server beside you"),
	"asyncio":         words.F("serve(…) runs a server beside you"),
	"multiprocessing": words.F("serve(…) runs a server beside you"),
	"socketserver":    words.F("serve(…) runs a server beside you"),
	"concurrent":      words.F("serve(…) runs a server beside you"),
}
