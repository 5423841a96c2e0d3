package view

import (
	"strings"
	"unicode/utf8"

	"github.com/socklab/socklab/runner/words"
)

// Under Options.Plain everything is told in sentences, for whoever listens to a
// screen reader: nothing is drawn, lined up or said by its place alone. Code,
// calls and addresses stay as they are written.

// speak prints sentences, each beginning on a line of its own.
func (r *Renderer) speak(list ...words.Text) { r.Print(r.spoken(list...)...) }

// spoken lays sentences out, without an indent.
func (r *Renderer) spoken(list ...words.Text) []Line {
	var lines []Line
	for _, t := range list {
		if text := r.Say(undrawn(t)); text != "" {
			lines = append(lines, r.wrap(nil, nil, L(r.stopped(Clean(text))), r.Width())...)
		}
	}
	return lines
}

// stopped ends a sentence.
func (r *Renderer) stopped(s string) string {
	last, _ := utf8.DecodeLastRuneInString(s)
	if s == "" || strings.ContainsRune(".!?:。！？：", last) {
		return s
	}
	return s + r.Say(words.F("."))
}

// commas joins parts of a sentence; those that are empty are left out.
func commas(list ...words.Text) words.Text { return chain(words.F("%s, %s").Format, list) }

// semicolons joins sentences that belong together.
func semicolons(list ...words.Text) words.Text { return chain(words.F("%s; %s").Format, list) }

func chain(format string, list []words.Text) (all words.Text) {
	for _, t := range list {
		switch {
		case t.Empty() || t.Format == "%s" && t.Args[0] == "":
		case all.Empty():
			all = t
		default:
			all = words.Text{Format: format, Args: []any{all, t}}
		}
	}
	return all
}

// named is "name: what is said of it".
func named(name, text words.Text) words.Text { return words.F("%s: %s", name, text) }

// harmless is text from elsewhere as a part of a sentence.
func harmless(s string) words.Text { return words.Raw(Clean(s)) }

// between are two addresses, or as many of them as there are.
func between(local, remote string) words.Text {
	switch {
	case local == "" && remote == "":
		return words.F("no address")
	case remote == "":
		return harmless(local)
	case local == "":
		return words.F("to %s", harmless(remote))
	}
	return words.F("from %s to %s", harmless(local), harmless(remote))
}

// undotted takes out the dots that set parts of a line apart.
func (r *Renderer) undotted(s string) string {
	if !r.opts.Plain {
		return s
	}
	return strings.ReplaceAll(s, " "+SymDot+" ", r.Say(words.F(", ")))
}

// marked is a symbol with the word that says the same; the word alone for a
// screen reader.
func (r *Renderer) marked(symbol, word string) string {
	if r.opts.Plain {
		return word
	}
	return symbol + " " + word
}

// toldMost is how many cells of somebody's bytes are quoted: a listener cannot
// pass over the rest.
const toldMost = 200

// drawnWords are sentences that speak of a picture, with what is said where
// there is none.
var drawnWords = map[string]words.Text{
	"the kernel counted for %s: %d segments out (drawn: %d), %d in (drawn: %d)":                         words.F("the kernel counted for %s: %d segments out (told here: %d), %d in (told here: %d)"),
	"%s; with bytes %d and %d, sent again %d":                                                           words.F("%s; of them with bytes: %d out, %d in; sent again: %d"),
	"%s; the bytes drawn as %d and %d segments":                                                         words.F("%s; the bytes were told as %d segments out and %d in"),
	"%s: the ladder agrees":                                                                             words.F("%s; that agrees with what was told"),
	"%s: ACKs that no call shows: %d out, %d in":                                                        words.F("%s; ACKs that no call shows: %d out, %d in"),
	"%s: some of the ladder's segments went as one, or not yet, or belong to a connect before this one": words.F("%s; some of the segments told here went as one, or not yet, or belong to a connect before this one"),
	"… %d more sends": words.F("%d more sends"),
	"… %d more recvs": words.F("%d more recvs"),
	"… %d more peeks": words.F("%d more peeks"),
	"empty datagrams, which have no bytes to draw: %d": words.F("empty datagrams, without any byte: %d"),
}

// undrawn is a sentence without the words that speak of a picture.
func undrawn(t words.Text) words.Text {
	if said, ok := drawnWords[t.Format]; ok {
		t.Format = said.Format
	}
	args := append([]any(nil), t.Args...)
	for i, a := range args {
		if inner, ok := a.(words.Text); ok {
			args[i] = undrawn(inner)
		}
	}
	t.Args = args
	return t
}
