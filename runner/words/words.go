// Package words holds the sentences of the interface in English and Chinese.
//
// It provides:
//
//   - [Lang], one of the languages, with [Lang.T] to say a sentence in it;
//   - [Text], a sentence whose language is chosen when it is shown.
//
// An English sentence is its own key, as in gettext; the Chinese one stands in
// a table beside it, and a test finds any that is missing. Lesson text is not
// here (a lesson has a file per language), nor are Python's own error words,
// which stay English everywhere because learners search for them.
package words

import "fmt"

// Lang is a language of the interface.
type Lang string

// The languages there are.
const (
	English Lang = "en"
	Chinese Lang = "zh"
)

// Langs lists all languages, the default first.
var Langs = []Lang{English, Chinese}

// Valid reports whether l is a language of the interface.
func (l Lang) Valid() bool { return l == English || l == Chinese }

// T says the sentence format in the language l. Arguments that are a [Text]
// are said in l too.
func (l Lang) T(format string, args ...any) string { return F(format, args...).In(l) }

// Text is a sentence that is put into a language when it is shown.
// The zero Text is empty in every language.
type Text struct {
	Format string
	Args   []any
}

// F makes a Text from an English format and its arguments, as [fmt.Sprintf]
// takes them. The format must be a literal, so that a test can look for its
// translation.
func F(format string, args ...any) Text { return Text{Format: format, Args: args} }

// Raw makes a Text that is the same in every language.
func Raw(s string) Text { return Text{Format: "%s", Args: []any{s}} }

// In says the sentence in the language l.
func (t Text) In(l Lang) string {
	format := t.Format
	if l == Chinese {
		if s, ok := zh[format]; ok {
			format = s
		}
	}
	args := make([]any, len(t.Args))
	for i, a := range t.Args {
		if inner, ok := a.(Text); ok {
			a = inner.In(l)
		}
		args[i] = a
	}
	return fmt.Sprintf(format, args...)
}

// String says the sentence in English.
func (t Text) String() string { return t.In(English) }

// Empty reports whether there is nothing to say.
func (t Text) Empty() bool { return t.Format == "" }

var zh = merge(zhCode, zhProcess, zhNet, zhConsole, zhProgress, zhView, zhPlain, zhCheck, zhCoach, zhRunner, zhChat, zhStates, zhExec, zhStruct, zhTurns, zhTank, zhCmd, zhHandout, zhPresent, zhCallDocs, zhCallDocs2, zhCallDocs3, zhHelp2, zhOwn, zhNotes, zhLint)

func merge(tables ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, t := range tables {
		for k, v := range t {
			all[k] = v
		}
	}
	return all
}
