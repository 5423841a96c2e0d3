package runner

import (
	"context"
	"runtime"
	"sync"

	"github.com/socklab/socklab/lessons"
)

// Verify proves every task of the lessons on a fresh lab each: with nothing
// done it must not pass, nor by what the step shows; with the solution and every
// other answer it must; with every mistake it must fail on the fact that is
// named; and afterwards nothing may be left. each is called for every trial as
// it ends, by one goroutine at a time.
//
// Steps are proved side by side, since most of a trial is waiting. The trials
// of one step, in all languages, come one after another: they may use the same
// file names. A fault of a step's lab is told once, and nothing else of the
// step is tried. Foreign lessons reach loopback alone, start no program and touch no
// file, unless they are trusted.
func Verify(ctx context.Context, list []*lessons.Lesson, trusted bool, each func(Proof)) (ok bool) {
	leaks := newLeaks()
	all := groups(list, trusted)
	ok = prove(ctx, all, each)
	if fault := leaks.look(); fault != "" && ctx.Err() == nil {
		ok = false
		each(whoLeaks(ctx, all, fault))
	}
	return ok && ctx.Err() == nil
}

// groups are the trials of each step.
func groups(list []*lessons.Lesson, trusted bool) [][]trial {
	type key struct{ lesson, step string }
	at := map[key]int{}
	var all [][]trial
	for _, l := range list {
		if trusted && l.Foreign {
			own := *l
			own.Foreign = false
			l = &own
		}
		for i, step := range l.Steps {
			k := key{l.ID, step.ID}
			n, known := at[k]
			if !known {
				n = len(all)
				at[k] = n
				all = append(all, nil)
			}
			all[n] = append(all[n], trials(l, i, step)...)
		}
	}
	return all
}

// sideBySide is how many steps are proved at a time. Facts are awaited for a
// bounded time, so a machine with little to spare gets few.
func sideBySide() int { return max(2, min(2*runtime.GOMAXPROCS(0), 8)) }

func prove(ctx context.Context, all [][]trial, each func(Proof)) bool {
	var mu sync.Mutex
	var work sync.WaitGroup
	ok := true
	next := make(chan []trial)
	for range sideBySide() {
		work.Go(func() {
			for group := range next {
				for _, t := range group {
					if ctx.Err() != nil {
						break
					}
					p := t.prove(ctx)
					mu.Lock()
					ok = ok && p.OK()
					each(p)
					mu.Unlock()
					if p.Trial == labTrial {
						break // every other trial of the step would say the same
					}
				}
			}
		})
	}
	for _, group := range all {
		next <- group
	}
	close(next)
	work.Wait()
	return ok
}

// whoLeaks proves everything once more, one trial at a time, to find the one
// that leaves something behind.
func whoLeaks(ctx context.Context, all [][]trial, fault string) Proof {
	leaks := newLeaks()
	for _, group := range all {
		for _, t := range group {
			p := t.prove(ctx)
			if left := leaks.look(); left != "" {
				p.Fault = left
				return p
			}
		}
	}
	return Proof{Trial: "all together", Fault: fault}
}
