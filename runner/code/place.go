package code

import (
	"context"
	"errors"
	"strings"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// runError turns what Starlark returned into an *Error with its place.
func (in *Interp) runError(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	var through passed
	if errors.As(err, &through) {
		return through.err
	}
	var eval *starlark.EvalError
	if !errors.As(err, &eval) {
		return translate(err.Error(), false)
	}
	e, caller := in.reason(ctx, err, eval)
	skip := 0
	if caller {
		skip = 1
	}
	for i := len(eval.CallStack) - 1; i >= 0; i-- {
		p := eval.CallStack[i].Pos
		src := in.sources[p.Filename()]
		if src == nil || p.Line == 0 {
			continue
		}
		if skip > 0 && i > 0 {
			skip--
			continue
		}
		return e.at(src, posOf(p))
	}
	return e
}

// reason is what went wrong; caller tells that the place is that of the call.
func (in *Interp) reason(ctx context.Context, err error, eval *starlark.EvalError) (e *Error, caller bool) {
	var own *Error
	switch {
	case strings.HasSuffix(eval.Msg, "cancelled: "+tooDeep), strings.Contains(eval.Msg, "stack overflow"):
		return raise("RecursionError", "", "maximum recursion depth exceeded"), false
	case strings.HasSuffix(eval.Msg, "cancelled: "+grown):
		return in.memory.err(), false
	case ctx.Err() != nil && isEnd(ctx, err, eval):
		return in.interrupted(ctx), false
	case errors.As(err, &own):
		copied := *own
		in.suggest(&copied)
		return &copied, false
	}
	e, caller = translateAt(eval.Msg, false)
	if e.Err == nil {
		e.Err = errors.Unwrap(eval)
	}
	in.suggest(e)
	return e, caller
}

// isEnd tells whether an error comes from the end of the context.
func isEnd(ctx context.Context, err error, eval *starlark.EvalError) bool {
	return strings.HasSuffix(eval.Msg, "cancelled: "+cancelled) || errors.Is(err, ErrInterrupted) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Cause(ctx))
}

// suggest adds the name that the learner may have meant.
func (in *Interp) suggest(e *Error) {
	if e.Kind != "NameError" || !e.Hint.Empty() {
		return
	}
	_, rest, _ := strings.Cut(e.Msg.String(), "'")
	name, _, _ := strings.Cut(rest, "'")
	if in.cfg.IsVerb != nil && in.cfg.IsVerb(name) {
		e.Hint = words.F("%s is a command: it stands on a line of its own, at the left margin", name)
		return
	}
	if n := words.Nearest(name, append(in.names(), keywords...)); n != "" {
		e.Hint = words.F("did you mean %s?", n)
	}
}

var keywords = []string{"and", "break", "continue", "def", "del", "elif", "else", "for", "from", "global", "if", "import",
	"in", "is", "lambda", "not", "or", "pass", "return", "while"}
