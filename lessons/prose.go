package lessons

import (
	"regexp"
	"slices"
	"strings"
)

// untranslated reports whether all that a lesson says is what its original says.
// Titles and code do not count: they may well be the same. Nor do languages
// that are an English of their own.
func untranslated(original, l *Lesson) bool {
	if strings.HasPrefix(l.Lang, originalLang+"-") {
		return false
	}
	said := proseOf(l)
	return slices.Equal(said, proseOf(original)) && slices.ContainsFunc(said, saysWords)
}

// proseOf is what a lesson says in sentences.
func proseOf(l *Lesson) []string {
	list := sentences(nil, l.Intro)
	for _, s := range l.Steps {
		list = sentences(list, s.Parts)
	}
	return list
}

func sentences(list []string, parts []Part) []string {
	for _, part := range parts {
		switch part := part.(type) {
		case *Text:
			list = append(list, part.Markdown)
		case *Notes:
			list = append(list, part.Text)
		case *Question:
			list = append(list, part.Ask, part.Explain)
			for _, c := range part.Choices {
				list = append(list, c.Text, c.Say, c.Then)
			}
			for _, w := range part.Wrong {
				list = append(list, w.Say)
			}
		case *Block:
			if part.Role == RoleHint {
				list = append(list, part.Code)
			}
			for _, f := range part.Facts {
				list = append(list, f.Words)
			}
		}
	}
	return list
}

// Code within prose: a fence, a span.
var (
	fenced = regexp.MustCompile("(?ms)^[ \t]*(?:```|~~~).*?^[ \t]*(?:```|~~~)[`~]*[ \t]*$")
	span   = regexp.MustCompile("`[^`]*`")
)

// twoWords matches words with a blank between them.
var twoWords = regexp.MustCompile(`\pL{2,}[,;:]?[ \n]+\pL{2,}`)

// saysWords reports whether a text has words that could be translated.
func saysWords(text string) bool {
	return twoWords.MatchString(span.ReplaceAllString(fenced.ReplaceAllString(text, ""), ""))
}
