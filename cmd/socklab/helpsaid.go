package main

import (
	"errors"
	"regexp"
	"strings"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/words"
)

// saidError is an error whose language is chosen when it is shown.
type saidError struct{ words.Text }

func (e saidError) Error() string { return e.In(words.English) }

func (e usageError) Unwrap() error { return e.error }

// inLanguage puts an error of the command line into the language asked for,
// also by a --lang behind the fault.
func (a *app) inLanguage(err error, args []string) error {
	var own saidError
	text := flagTrouble(err.Error())
	if errors.As(err, &own) {
		text = own.Text
	}
	if text.Empty() {
		return err
	}
	lang := a.helpLang()
	for i, arg := range args {
		value, ok := strings.CutPrefix(arg, "--lang=")
		if arg == "--lang" && i+1 < len(args) {
			value, ok = args[i+1], true
		}
		if asked := words.Lang(value); ok && asked.Valid() {
			lang = asked
		}
	}
	return errors.New(text.In(lang))
}

// The errors of the flag package that people cause.
var (
	unknownFlag  = regexp.MustCompile(`^unknown (?:flag: |shorthand flag: '.' in )(.*)$`)
	missingValue = regexp.MustCompile(`^flag needs an argument: (.*)$`)
	badValue     = regexp.MustCompile(`^invalid argument "(.*)" for "(.*)" flag: `)
)

// flagTrouble is an error of the flag package in words that can be translated,
// empty for any other.
func flagTrouble(text string) words.Text {
	if m := unknownFlag.FindStringSubmatch(text); m != nil {
		return words.F("there is no flag %s; `socklab COMMAND --help` lists those of a command", m[1])
	}
	if m := missingValue.FindStringSubmatch(text); m != nil {
		return words.F("the flag %s needs a value", m[1])
	}
	if m := badValue.FindStringSubmatch(text); m != nil {
		return words.F("the flag %s does not take the value %q", m[2], m[1])
	}
	return words.Text{}
}

// kinds lists the kinds of servers with their own options.
func (h helpPage) kinds() {
	lang := h.out.Lang()
	h.text(words.F("Kinds and options:"))
	for _, k := range server.Kinds() {
		h.lines("  ", []string{k.Name + "  " + runner.KindText(k).In(lang)})
		for _, o := range k.Options {
			h.lines("      ", []string{strings.TrimSpace(o.Name+"="+runner.OptionDefault(o)) + "  " + runner.OptionText(o).In(lang)})
		}
	}
}
