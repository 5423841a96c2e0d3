package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/runner/words"
)

func TestError(t *testing.T) {
	refused := Trouble{
		Line: 3, Source: `phone.connect(("127.0.0.1", 9))`, Col: 7, Kind: "ConnectionRefusedError", Tag: "ECONNREFUSED 111",
		Text: words.Raw("connect 127.0.0.1:9: nobody is listening there"),
	}
	golden(t, 80, Options{}, `
 line 3
  phone.connect(("127.0.0.1", 9))
        ^
 ConnectionRefusedError [ECONNREFUSED 111] connect 127.0.0.1:9: nobody is
 listening there
`, func(r *Renderer) { r.Error(refused) })
	golden(t, 20, Options{}, `
line 3
  phone.connect(("1…
        ^
ConnectionRefusedErr
or [ECONNREFUSED
111] connect
127.0.0.1:9: nobody
is listening there
`, func(r *Renderer) { r.Error(refused) })
	golden(t, 40, chinese, `
 第 2 行
  print("你好", x)
                ^
 NameError: name 'x' is not defined
`, func(r *Renderer) {
		r.Error(Trouble{Line: 2, Source: "print(\"你好\", x)\n", Col: 13, Kind: "NameError", Text: words.Raw("name 'x' is not defined")})
	})
	golden(t, 80, Options{}, " done\n", func(r *Renderer) { r.Error(Trouble{Text: words.Raw("done")}) })
}

func TestTheCaretStaysInSight(t *testing.T) {
	source := strings.Repeat("ab你", 40) + "X" + strings.Repeat("cd", 40)
	for _, width := range []int{80, 40, 20} {
		for _, ascii := range []bool{false, true} {
			got := shown(width, Options{ASCII: ascii}, func(r *Renderer) {
				r.Error(Trouble{Source: source, Col: 121, Text: words.Raw("x")})
			})
			fits(t, width, got)
			lines := strings.Split(got, "\n")
			before, _, ok := strings.Cut(lines[0], "X")
			assert.True(t, ok, got)
			assert.Equal(t, spaces(Width(before))+"^", lines[1], got)
		}
	}
	for _, col := range []int{0, 1, 5, 999} {
		for width := 1; width < 12; width++ {
			fits(t, max(width, 4), shown(width, Options{}, func(r *Renderer) {
				r.Error(Trouble{Source: "\tx\x1b[31m = 1", Col: col, Text: words.Raw("x")})
			}))
		}
	}
}
