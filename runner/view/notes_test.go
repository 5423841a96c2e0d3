package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
)

func aNotesPage() NotesPage {
	return NotesPage{
		Lesson: 3, Title: "TIME_WAIT and SO_REUSEADDR", Steps: 12, Step: 2, StepID: "hang-up", StepTitle: "Hang up first",
		Notes:    []string{"Run `states watch` beside it.\n\nAsk **who** hung up.", "Wait for the minute."},
		Task:     []string{"you hung up first", "and the kernel remembers"},
		Held:     []bool{true, false},
		Solution: "phone.close()\n",
		Demo:     -1,
		Answers:  []string{"What does the kernel say then? Whoever closes first keeps it for a minute.", "How many seconds? **60** It is fixed."},
		Next:     "The port is taken",
	}
}

func TestNotes(t *testing.T) {
	golden(t, 80, Options{}, `
 Lesson 3 · TIME_WAIT and SO_REUSEADDR                    step 2 of 12 · hang-up
 Hang up first

 Run `+"`states watch`"+` beside it.

 Ask *who* hung up.

 Wait for the minute.

 Task   ✓ held   you hung up first
        ○ to do  and the kernel remembers

 Solution
    phone.close()

 Questions and answers
 · What does the kernel say then? Whoever closes first keeps it for a minute.
 · How many seconds? *60* It is fixed.

 Next   step 3 · The port is taken
`, func(r *Renderer) { r.Notes(aNotesPage()) })
	golden(t, 40, chinese, `
 第 3 课 · TIME_WAIT and SO_REUSEADDR
 第 2 步，共 12 步 · hang-up
 Hang up first

 Run `+"`states watch`"+` beside it.

 Ask *who* hung up.

 Wait for the minute.

 任务   ✓ 已满足  you hung up first
        ○ 待完成  and the kernel
                  remembers

 参考答案
    phone.close()

 问题与答案
 · What does the kernel say then?
   Whoever closes first keeps it for a
   minute.
 · How many seconds? *60* It is fixed.

 接下来 第 3 步 · The port is taken
`, func(r *Renderer) { r.Notes(aNotesPage()) })
}

func TestNotesOfALittle(t *testing.T) {
	golden(t, 80, Options{}, `
 Lesson 3 · TIME_WAIT and SO_REUSEADDR               introduction, then 12 steps

 There are no notes on the introduction.

 Next   step 1 · Hang up first
`, func(r *Renderer) {
		r.Notes(NotesPage{Lesson: 3, Title: "TIME_WAIT and SO_REUSEADDR", Steps: 12, Demo: -1, Next: "Hang up first"})
	})
	golden(t, 80, Options{}, `
 Lesson 3 · TIME_WAIT                                         the lesson is over
 The end

 There are no notes on this step.

 Next   nothing: the lesson is over
`, func(r *Renderer) {
		r.Notes(NotesPage{Lesson: 3, Title: "TIME_WAIT", Steps: 12, Step: 12, StepTitle: "The end", Demo: -1, Ended: true})
	})
	page := aNotesPage()
	page.Demo, page.Next, page.Held = 2, "", nil
	text := shown(80, Options{}, func(r *Renderer) { r.Notes(page) })
	assert.Contains(t, text, "A demo runs: Enter on the other terminal types line 3.")
	assert.Contains(t, text, "the end of the lesson")
	assert.NotContains(t, text, "held", "what nothing is known of is still to do")
}

func TestNotesAreHarmlessAndFit(t *testing.T) {
	hostile := "x\x1b[2J\r\x07\u202e漢字 " + strings.Repeat("long", 40) + "\nnext\n\n1. # `"
	page := NotesPage{
		Lesson: -1, Title: hostile, Steps: 1 << 40, Step: 1 << 40, StepID: hostile, StepTitle: hostile,
		Notes: []string{hostile, "", "```\n" + hostile}, Task: []string{hostile, ""}, Held: []bool{true},
		Solution: hostile, Demo: 1 << 40, Answers: []string{hostile, "", "```\n" + hostile}, Next: hostile,
	}
	for _, opts := range []Options{{}, {ASCII: true}, {Plain: true}, chinese, {Lang: "zh", Plain: true, ASCII: true}} {
		for _, width := range []int{1, 10, 20, 39, 40, 60, 80, 200} {
			text := shown(width, opts, func(r *Renderer) { r.Notes(page) })
			if width < 20 || opts.Plain { // which leaves lines of code whole
				assert.Equal(t, CleanLines(text), text)
				continue
			}
			fits(t, width, text)
		}
	}
}

func TestNotesAreWrittenAtOnceIfTheyAreGathered(t *testing.T) {
	writes := make(countedWrites, 100)
	r := New(writes, Options{})
	r.Together(func() { r.Notes(aNotesPage()) })
	assert.Len(t, writes, 1)
}

// countedWrites holds one value for each Write.
type countedWrites chan struct{}

func (w countedWrites) Write(p []byte) (int, error) {
	w <- struct{}{}
	return len(p), nil
}

func TestClock(t *testing.T) {
	const total = 25 * time.Minute
	at := func(m, s int) time.Duration { return time.Duration(m)*time.Minute + time.Duration(s)*time.Second }
	for _, c := range []struct {
		used, total time.Duration
		step, steps int
		ended       bool
		width       int
		opts        Options
		want        string
	}{
		{at(12, 3), total, 5, 12, false, 80, Options{}, "12:03 of 25 min · 12:57 left · 1:38 behind an even pace"},
		{at(12, 3), total, 5, 12, false, 80, Options{ASCII: true}, "12:03 of 25 min - 12:57 left - 1:38 behind an even pace"},
		{at(12, 3), total, 5, 12, false, 40, Options{}, "12:03/25:00 · 12:57 left · 1:38 behind"},
		{at(12, 3), total, 5, 12, false, 30, Options{}, "12:57 left · 1:38 behind"},
		{at(12, 3), total, 6, 12, false, 12, Options{}, "12:57 left"},
		{at(12, 3), total, 6, 12, false, 7, Options{}, "12:57…"},
		{at(12, 3), total, 5, 12, false, 80, chinese, "已用 12:03，共 25 分钟 · 还剩 12:57 · 比平均进度慢 1:38"},
		{at(12, 3), total, 5, 12, false, 40, chinese, "12:03/25:00 · 还剩 12:57 · 慢 1:38"},
		{at(12, 3), total, 5, 12, false, 80, Options{Plain: true}, "12 min 3 s of 25 min, 12 min 57 s left, 1 min 38 s behind an even pace."},
		{at(12, 3), total, 5, 12, false, 40, Options{Plain: true}, "12 min 57 s left, 1 min 38 s behind."},
		{at(12, 3), total, 5, 12, false, 80, Options{Plain: true, Lang: "zh"}, "已用 12 分 3 秒，共 25 分钟，还剩 12 分 57 秒，比平均进度慢 1 分 38 秒。"},
		{at(12, 3), total, 5, 12, false, 60, Options{Plain: true, Lang: "zh"}, "还剩 12 分 57 秒，慢 1 分 38 秒。"},
		{at(4, 0), total, 6, 12, false, 80, Options{}, "4:00 of 25 min · 21:00 left · 6:25 ahead of an even pace"},
		{at(4, 0), total, 6, 12, false, 40, chinese, "4:00/25:00 · 还剩 21:00 · 快 6:25"},
		{at(11, 25), total, 6, 12, false, 80, Options{}, "11:25 of 25 min · 13:35 left"},
		{at(11, 26), total, 5, 12, false, 80, Options{}, "11:26 of 25 min · 13:34 left · 1:01 behind an even pace"},
		{at(9, 25), total, 6, 12, false, 80, Options{}, "9:25 of 25 min · 15:35 left"},
		{at(9, 24), total, 6, 12, false, 80, Options{}, "9:24 of 25 min · 15:36 left · 1:01 ahead of an even pace"},
		{at(3, 0), total, 0, 12, false, 80, Options{}, "3:00 of 25 min · 22:00 left"},
		{at(3, 0), total, 3, 0, false, 80, Options{}, "3:00 of 25 min · 22:00 left"},
		{at(28, 10), total, 12, 12, false, 80, Options{}, "28:10 of 25 min · 3:10 over"},
		{at(28, 10), total, 12, 12, false, 40, chinese, "已用 28:10，共 25 分钟 · 超时 3:10"},
		{at(28, 10), total, 12, 12, true, 80, Options{}, "the lesson is over · 28:10 since its start"},
		{at(28, 10), total, 12, 12, true, 20, Options{}, "the lesson is over"},
		{at(75, 5), 90 * time.Second, 1, 1, false, 80, Options{}, "75:05 of 1:30 · 73:35 over"},
		{-time.Hour, total, 1, 12, false, 80, Options{}, "0:00 of 25 min · 25:00 left"},
		{at(3, 0), 0, 1, 12, false, 80, Options{}, "3:00"},
		{at(3, 0), -total, 1, 12, false, 80, Options{}, "3:00"},
	} {
		c.opts.Width = func() int { return c.width }
		got := New(nil, c.opts).Clock(c.used, c.total, c.step, c.steps, c.ended)
		assert.Equal(t, c.want, got)
		assert.Less(t, Width(got), c.width)
	}
}
