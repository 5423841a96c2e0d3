package runner

import (
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// helpPresent is what an instructor types before a class.
func (s *Session) helpPresent() {
	s.out.Help(view.HelpPage{
		Head:  "socklab present [N]",
		About: words.F("a lesson before a class: nothing has to be passed, Enter always goes on"),
		Parts: []view.HelpPart{{Label: words.F("Type"), Lines: []view.HelpLine{
			{Name: "Enter", About: words.F("goes on: the text, the run that a prediction is about, the answer to a quiz, the next step")},
			{Name: "back, goto STEP", About: words.F("another step, on a fresh lab")},
			{Name: "demo", About: words.F("types the step's solution on a fresh lab: Enter starts each line, a key finishes it; `demo stop`, `demo speed 30`")},
			{Name: "reset", About: words.F("this step once more, on a fresh lab")},
			{Name: "clock", About: words.F("time used and left; `clock 12` sets it")},
			{Name: "notes", About: words.F("the remarks on this step; better in a second terminal: `socklab present --notes`")},
		}}, {Text: words.F("Anything else is run as always; Enter then goes on where you left.")}},
	})
}
