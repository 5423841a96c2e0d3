package code

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// Run runs a source. A syntax error runs nothing of it. The error is an
// *Error, or whatever Config.Command returned. The end of ctx ends the source:
// as TimeoutError if its cause is a deadline, else as KeyboardInterrupt.
// Names keep what they had when an error came.
func (in *Interp) Run(ctx context.Context, src Source) (err error) {
	defer func() {
		p := recover()
		if s, ok := p.(stopped); ok {
			err = in.stoppedError(ctx, s)
		} else if p != nil {
			e := raiseText("SystemError", "", words.F("a fault of this program, not yours: %v", p))
			e.Err = fmt.Errorf("panic: %v\n%s", p, debug.Stack())
			err = e
		}
	}()
	if src.Name == "" {
		in.count++
		src.Name = fmt.Sprintf("<%d>", in.count)
	}
	u, bad := in.load(src, in.cfg.IsVerb)
	if bad != nil {
		return bad
	}
	in.sources[src.Name] = u.src
	thread := in.newThread(ctx)
	defer func(outer *starlark.Thread) { in.thread = outer }(in.thread)
	in.thread = thread
	defer in.supervise(ctx, thread)()
	for _, it := range u.items {
		err := in.runItem(ctx, thread, u, it)
		if in.cfg.After != nil {
			in.cfg.After(ctx)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// The reasons for which a thread is cancelled.
const (
	cancelled = "interrupted"
	tooDeep   = "recursion"
	grown     = "memory"
)

// newThread makes a thread for one source, so that a late Cancel cannot reach
// the next one.
func (in *Interp) newThread(ctx context.Context) *starlark.Thread {
	thread := &starlark.Thread{Name: "socklab"}
	thread.SetLocal(localCtx, ctx)
	thread.SetLocal(localInterp, in)
	// Starlark's own limit is 100,000 frames, half a gigabyte. Looking at
	// the depth every thousand steps costs nothing and stops at CPython's
	// 1,000 or little more.
	thread.SetMaxExecutionSteps(1000)
	thread.OnMaxSteps = func(t *starlark.Thread) {
		if t.CallStackDepth() > 1000 {
			t.Cancel(tooDeep)
			return
		}
		t.SetMaxExecutionSteps(t.ExecutionSteps() + 1000)
	}
	return thread
}

func (in *Interp) runItem(ctx context.Context, thread *starlark.Thread, u *unit, it item) error {
	if ctx.Err() != nil {
		return in.interrupted(ctx).at(u.src, it.at)
	}
	if it.cmd == nil {
		_, err := it.prog.Init(thread, in.env)
		return in.runError(ctx, err)
	}
	if target, verb, ok := splitCommand([]rune(it.cmd.text), in.cfg.IsVerb); ok && in.codeInstead(target, verb, it.cmd.text) {
		return in.runLine(ctx, u, it.cmd)
	}
	if in.cfg.Command == nil {
		return nil
	}
	in.reached = *it.cmd
	err := in.cfg.Command(ctx, it.cmd.text)
	var e *Error
	if errors.As(err, &e) {
		_ = e.at(u.src, it.cmd.at)
	}
	return err
}

// runLine runs a line that looks like a command as the code that it is.
func (in *Interp) runLine(ctx context.Context, u *unit, m *mark) error {
	line, err := in.load(Source{Name: u.src.name, Text: m.text, FirstLine: int(m.at.line), Echo: u.echo}, nil)
	if err != nil {
		return err
	}
	thread := in.newThread(ctx)
	defer func(outer *starlark.Thread) { in.thread = outer }(in.thread)
	in.thread = thread
	defer in.supervise(ctx, thread)()
	for _, it := range line.items {
		if _, err := it.prog.Init(thread, in.env); err != nil {
			return in.runError(ctx, err)
		}
	}
	return nil
}

// interrupted is the error for a context that has ended.
func (in *Interp) interrupted(ctx context.Context) *Error {
	cause := context.Cause(ctx)
	kind := "KeyboardInterrupt"
	msg := words.Text{}
	if errors.Is(cause, context.DeadlineExceeded) {
		kind, msg = "TimeoutError", words.Raw("timed out")
	}
	return &Error{Kind: kind, Msg: msg, Err: cause}
}
