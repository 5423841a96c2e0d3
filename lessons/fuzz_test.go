package lessons

import (
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
)

// FuzzLint reads whatever files there are as a lesson and its translation: each
// fault has a text and a line of its file, and nothing ends the program.
func FuzzLint(f *testing.F) {
	f.Add(original, translated)
	f.Add(whole, whole)
	f.Add(template, template)
	f.Add("", "---\nid: &a [*a]\n---\n## {#}\n```yaml predict\nchoices: [[{}]]\n")
	f.Fuzz(func(t *testing.T, english, chinese string) {
		fsys := fstest.MapFS{"01-a/lesson.md": {Data: []byte(english)}, "01-a/lesson.zh.md": {Data: []byte(chinese)}}
		for _, fault := range Lint(fsys, Options{
			CheckFact: func(string) error { return lineError{3} },
			CheckCode: func(string) error { return lineError{2} },
		}) {
			assert.NotEmpty(t, fault.Text)
			assert.NotEmpty(t, fault.File)
			assert.GreaterOrEqual(t, fault.Line, 0)
		}
		for _, l := range Open(fsys).List("zh") {
			l.WithPorts(map[int]int{8080: 8081})
		}
	})
}
