package view

import (
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"github.com/stretchr/testify/assert"
)

const document = `## Hang up *first*

A paragraph with **strong**, ` + "`code`" + ` and a [link](https://x.org/y),
on two lines.\
A new line &amp; an entity. <!-- gone --> Use <name>.

- one
- two
  goes on
  1. inner
  2. inner two

3. three

4. four

> quoted
> text

` + "```python\nphone.connect((\"127.0.0.1\", 8080))\n\n  indented\n```" + `

| state | who |
|-------|----:|
| ` + "`LISTEN`" + ` | phone |
| TIME_WAIT | no process |

<!-- a comment
of two lines -->

---

<https://x.org>
`

func TestMarkdown(t *testing.T) {
	show := func(r *Renderer) { r.Markdown(document) }
	golden(t, 80, Options{}, `
 Hang up *first*
 ───────────────

 A paragraph with *strong*, `+"`code`"+` and a link (https://x.org/y), on two lines.
 A new line & an entity. Use <name>.

 · one
 · two goes on
   1. inner
   2. inner two

 3. three

 4. four

 │ quoted text

     phone.connect(("127.0.0.1", 8080))

       indented

 state             who
 ─────────  ──────────
 `+"`LISTEN`"+`        phone
 TIME_WAIT  no process

 ────────────────────────────────────────

 https://x.org
`, show)
	golden(t, 20, Options{ASCII: true}, `
Hang up *first*
---------------

A paragraph with
*strong*, `+"`code`"+` and
a link
(https://x.org/y),
on two lines.
A new line & an
entity. Use <name>.

- one
- two goes on
  1. inner
  2. inner two

3. three

4. four

| quoted text

  phone.connect(("12
  ... 7.0.0.1", 8080
  ... ))

    indented

- `+"`LISTEN`"+`
  who: phone
- TIME_WAIT
  who: no process

--------------------

https://x.org
`, show)
}

func TestMarkdownInChinese(t *testing.T) {
	golden(t, 40, chinese, `
 谁先挂断，谁就进入 *TIME_WAIT*。这一行
 在源文件里被折成了两行，中间没有空格，
 但 TCP 与 word 之间有。

 名称       数量
 ─────────  ────
 套接字        1
 端口 8080    22
`, func(r *Renderer) {
		r.Markdown("谁先挂断，谁就进入 **TIME_WAIT**。这一\n行在源文件里被折成了两行，中间没有空格，但 TCP\n与 word 之间有。\n\n" +
			"| 名称 | 数量 |\n|:--|--:|\n| 套接字 | 1 |\n| 端口 8080 | 22 |\n")
	})
}

func TestMarkdownHasColoursOnlyIfAskedFor(t *testing.T) {
	got := shown(80, Options{Color: true}, func(r *Renderer) { r.Markdown("# One\n\n`two` **three**") })
	assert.Equal(t, 3, strings.Count(got, "\x1b[0")+strings.Count(got, "\x1b[22"), "%q", got)
	assert.NotContains(t, got, "`")
	assert.NotContains(t, got, "─", "a heading in bold has no rule")
}

func TestHostileMarkdownIsHarmless(t *testing.T) {
	for _, src := range []string{
		"\x1b[31mred", "&#27;[31m", "`\x1b[2J`", "```\n\x1b\n```", "<a\x1b>", "[x](\x1b)", "| \x1b |\n|--|\n| \u202e |",
		"<div>\x1b</div>\n", "\xff\xfe", strings.Repeat("> ", 60) + "deep", strings.Repeat("- ", 60) + "deep", "<!-- open", "![i](u)",
		"\x00", "a\tb", "| a |\n|---|\n",
	} {
		for _, width := range []int{20, 80} {
			fits(t, width, shown(width, Options{}, func(r *Renderer) { r.Markdown(src) }))
		}
	}
}

func TestInlineIsOneLine(t *testing.T) {
	r := New(nil, Options{})
	assert.Equal(t, "`bind` answered *0*", r.Inline("`bind` answered **0**").Text())
	assert.Equal(t, "one two", r.Inline("one\n\ntwo").Text())
	assert.Equal(t, "1. x", r.Inline("1. x").Text(), "a number at the start is part of the text")
	assert.Empty(t, r.Inline("").Text())
}

func FuzzMarkdown(f *testing.F) {
	f.Add(document)
	f.Add("44444. x")
	f.Add("| a | b |\n|--|--|\n| \t | 你 |\n<!--")
	f.Fuzz(func(t *testing.T, src string) {
		for _, width := range []int{2, 20, 80} {
			for _, l := range strings.Split(shown(width, Options{}, func(r *Renderer) { r.Markdown(src) }), "\n") {
				if Width(l) > width && uniseg.GraphemeClusterCount(l) > 1 {
					assert.LessOrEqual(t, Width(l), width, "%q", l)
				}
				assert.Equal(t, l, Clean(l))
			}
		}
	})
}
