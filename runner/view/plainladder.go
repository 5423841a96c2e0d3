package view

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

// ladderPlain tells the ladder step by step, with the moment of each. Steps
// that come again and again, as of a loop gone wild, are told once.
func (r *Renderer) ladderPlain(l Ladder) {
	r.speak(words.F("The connection between %s and %s", onPort(l.Left), onPort(l.Right)))
	before := l.Start.states()
	for end, s := range before {
		switch {
		case s == kernel.Unknown:
		case l.Start.guess(end):
			r.speak(words.F("%s probably begins in %s", harmless(l.name(end)), s.String()))
		default:
			r.speak(words.F("%s begins in %s", harmless(l.name(end)), s.String()))
		}
	}
	for i := 0; i < len(l.Rungs); {
		period, times := repeats(l.Rungs[i:])
		for _, rung := range l.Rungs[i : i+period] {
			if text := r.Say(r.stepPlain(l, rung, before)); text != "" {
				r.speak(words.Raw(fmt.Sprintf("%d. %s", i+1, text)))
			}
			before = rung.states()
			i++
		}
		if times > 1 {
			last := i + period*(times-1)
			r.speak(againPlain(i, period, last, moment(l.Rungs[last-1].At)))
			i = last
		}
	}
}

// onPort is a name with the port behind it: "phone on port 45568".
func onPort(s string) words.Text {
	if i := strings.LastIndexByte(s, ' '); i > 0 {
		if _, err := strconv.ParseUint(s[i+1:], 10, 16); err == nil {
			return words.F("%s on port %s", harmless(s[:i]), s[i+1:])
		}
	}
	return harmless(s)
}

// stepPlain is what happened in a step, and the states that it changed: first
// that of the end which sent.
func (r *Renderer) stepPlain(l Ladder, rung Rung, before ends) words.Text {
	parts := []words.Text{r.rungPlain(l, rung)}
	order := [2]int{0, 1}
	if rung.Segment != "" && !rung.ToRight {
		order = [2]int{1, 0}
	}
	changed := rung.changed(before)
	for _, end := range order {
		switch s := changed[end]; {
		case s == kernel.Unknown:
		case rung.guess(end):
			parts = append(parts, words.F("%s is probably %s now", harmless(l.name(end)), s.String()))
		default:
			parts = append(parts, words.F("%s is now %s", harmless(l.name(end)), s.String()))
		}
	}
	return semicolons(parts...)
}

// repeats reports how many steps at the beginning come again at once, all the
// same but for their moments, and how often they stand there in all: 1 and 1
// if it is not often.
func repeats(rungs []Rung) (period, times int) {
	const longest, often = 4, 4
	for period = 1; period <= longest; period++ {
		n := period
		for n < len(rungs) && alike(rungs[n], rungs[n-period]) {
			n++
		}
		if n/period >= often {
			return period, n / period
		}
	}
	return 1, 1
}

func alike(a, b Rung) bool {
	a.At = b.At
	return a == b
}

// againPlain says that the last steps told come again, up to the step last.
func againPlain(told, period, last int, at string) words.Text {
	times := (last - told) / period
	if period == 1 {
		return words.F("Steps %d to %d: step %d again, %d times, the last at %s", told+1, last, told, times, at)
	}
	return words.F("Steps %d to %d: steps %d to %d again, %d times, the last at %s", told+1, last, told-period+1, told, times, at)
}

// rungPlain is who called what, what crossed because of it, and when.
func (r *Renderer) rungPlain(l Ladder, rung Rung) words.Text {
	names := [2]words.Text{harmless(l.name(0)), harmless(l.name(1))}
	calls := [2]string{rung.Left, rung.Right}
	from, at := 1, moment(rung.At)
	if rung.ToRight {
		from = 0
	}
	segment := harmless(r.segment(rung))
	other := words.Text{}
	if calls[1-from] != "" {
		other = words.F("%s called %s at %s", names[1-from], calledPlain(calls[1-from]), at)
	}
	switch {
	case rung.Segment == "" && calls[from] == "":
		return other
	case rung.Segment == "":
		return semicolons(words.F("%s called %s at %s", names[from], calledPlain(calls[from]), at), other)
	case calls[from] == "":
		return semicolons(words.F("%s sent %s to %s", names[from], segment, names[1-from]), other)
	}
	call, result, _ := strings.Cut(calls[from], " ")
	name := harmless(call)
	if result != "" && !rung.Data { // the bytes say it
		name = words.F("%s, with the result %s,", harmless(call), harmless(result))
	}
	return semicolons(words.F("%s called %s and sent %s to %s at %s", names[from], name, segment, names[1-from], at), other)
}

// calledPlain is a call of [shortCall] and what came of it: "recv and got 5
// bytes".
func calledPlain(text string) words.Text {
	call, result, ok := strings.Cut(text, " ")
	if !ok {
		return harmless(call)
	}
	n, err := strconv.Atoi(result)
	switch {
	case err == nil && strings.HasPrefix(call, "send"):
		return words.F("%s with %s", harmless(call), bytesOf(n))
	case err == nil:
		return words.F("%s and got %s", harmless(call), bytesOf(n))
	}
	return words.F("%s and got %s", harmless(call), harmless(result))
}
