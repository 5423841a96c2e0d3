package view

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/runner/words"
)

func TestTitle(t *testing.T) {
	show := func(r *Renderer) { r.Title("Lesson 2 · TCP by telephone", "step 3 of 9 · bind") }
	golden(t, 80, Options{}, " Lesson 2 · TCP by telephone"+strings.Repeat(" ", 34)+"step 3 of 9 · bind\n", show)
	golden(t, 40, Options{}, " Lesson 2 · TCP by telephone\n step 3 of 9 · bind\n", show)
	golden(t, 20, Options{}, "Lesson 2 · TCP by\ntelephone\nstep 3 of 9 · bind\n", show)
	golden(t, 40, chinese, " 第 2 课 · 用电话讲 TCP   第 3 步 · bind\n", func(r *Renderer) {
		r.Title("第 2 课 · 用电话讲 TCP", "第 3 步 · bind")
	})
}

var facts = []FactLine{
	{Words: "you hung up first", Held: true, Known: true},
	{Words: "the kernel refused the port", Known: true, Seen: "`bind` answered 0", Try: "bind again before the minute is over"},
	{Words: "and said why"},
}

func TestTask(t *testing.T) {
	show := func(r *Renderer) { r.Task(facts) }
	golden(t, 80, Options{}, `
 Task   ✓ held     you hung up first
        ✗ not yet  the kernel refused the port
                   seen: `+"`bind`"+` answered 0
                   try: bind again before the minute is over
        ○ to do    and said why
`, show)
	golden(t, 40, Options{ASCII: true}, `
 Task   [x] held     you hung up first
        [ ] not yet  the kernel refused
                     the port
                     seen: `+"`bind`"+`
                           answered 0
                     try: bind again
                          before the
                          minute is over
        [?] to do    and said why
`, show)
	golden(t, 20, Options{}, `
Task
✓ held     you hung
  up first
✗ not yet  the
  kernel refused the
  port
  seen: `+"`bind`"+`
        answered 0
  try: bind again
       before the
       minute is
       over
○ to do    and said
  why
`, show)
	golden(t, 40, chinese, `
 任务   ✓ 已满足  是你先挂断的
        ✗ 未满足  内核拒绝了这个端口，因
                  为它还在 TIME_WAIT
`, func(r *Renderer) {
		r.Task([]FactLine{
			{Words: "是你先挂断的", Held: true, Known: true},
			{Words: "内核拒绝了这个端口，因为它还在 TIME_WAIT", Known: true},
		})
	})
}

func TestNextNoteWarn(t *testing.T) {
	show := func(r *Renderer) {
		r.Next("type your line", "hint", "solution", "skip")
		r.Note(words.Raw("a note that is longer than one line of forty cells"))
		r.Warn(words.Raw("careful"))
		r.Right("60 seconds")
		r.NotRight("120 is of other systems")
	}
	golden(t, 80, Options{}, `
 Next   type your line · hint · solution · skip
 Note   a note that is longer than one line of forty cells
 Warning careful
 ✓ Right 60 seconds
 ✗ Not right 120 is of other systems
`, show)
	golden(t, 40, Options{ASCII: true}, `
 Next   type your line - hint -
        solution - skip
 Note   a note that is longer than one
        line of forty cells
 Warning careful
 [x] Right 60 seconds
 [ ] Not right 120 is of other systems
`, show)
	golden(t, 40, chinese, `
 接下来 输入你的代码 · hint
 说明   一句话
 注意   小心
`, func(r *Renderer) {
		r.Next("输入你的代码", "hint")
		r.Note(words.Raw("一句话"))
		r.Warn(words.Raw("小心"))
	})
}

func TestBulletsParagraphsAndCode(t *testing.T) {
	golden(t, 40, Options{}, `
 A sentence of more than forty cells is
 wrapped.
 · one
 · two, which goes on and on and on and
   on
 ⇒ phone.connect(("127.0.0.1", 8080))
    x = 1
`, func(r *Renderer) {
		r.Paragraph(words.Raw("A sentence of more than forty cells is wrapped."))
		r.Bullets(words.Raw("one"), words.Raw("two, which goes on and on and on and on"))
		r.Expands(`phone.connect(("127.0.0.1", 8080))`)
		r.Code("x = 1\n")
	})
}

func TestChoices(t *testing.T) {
	show := func(r *Renderer) {
		r.Choices("What does the *kernel* say?", []string{"`TIME_WAIT`", "nothing at all, since it is gone"})
	}
	golden(t, 80, Options{}, `
 What does the *kernel* say?
   a) `+"`TIME_WAIT`"+`
   b) nothing at all, since it is gone
`, show)
	golden(t, 20, Options{}, `
What does the
*kernel* say?
  a) `+"`TIME_WAIT`"+`
  b) nothing at all,
     since it is
     gone
`, show)
}

func TestASentenceMarksItsCode(t *testing.T) {
	r := New(&bytes.Buffer{}, Options{Color: true})
	assert.Equal(t, Line{{Text: "use "}, {Text: "skip", Style: Code}, {Text: " or `"}}, r.Sentence(words.Raw("use `skip` or `")))
	assert.Equal(t, "a `` *b*", r.Sentence(words.Raw("a `` *b*")).Text())
	assert.Equal(t, "`skip`", New(&bytes.Buffer{}, Options{}).Sentence(words.Raw("`skip`")).Text())
}
