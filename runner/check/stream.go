package check

import (
	"bytes"
	"fmt"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// sent and received: these bytes went out of, or came in at, one socket, in
// one call or in several.
func (t *Task) sent(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return t.moved(b, args, kwargs, "send")
}

func (t *Task) received(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	return t.moved(b, args, kwargs, "recv")
}

func (t *Task) moved(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, op string) (starlark.Value, error) {
	var data starlark.Value = starlark.Bytes("")
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{"data?", &data}, a.counted()...)...); err != nil {
		return nil, err
	}
	want, err := rawBytes(data)
	if err != nil {
		return nil, err
	}
	f, err := a.filter(op)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	return t.find(f, want), nil
}

func rawBytes(v starlark.Value) ([]byte, error) {
	switch v := v.(type) {
	case starlark.Bytes:
		return []byte(v), nil
	case starlark.String:
		return []byte(v), nil
	}
	return nil, fmt.Errorf("bytes or text, please, not %s", v.Type())
}

// find looks for want in the stream of each socket. Without want any bytes do.
// A sendall that failed has sent bytes all the same.
func (t *Task) find(f filter, want []byte) *fact {
	streams := map[int][]byte{}
	var latest []byte
	found := &fact{}
	times := f.counts()
	for i := range t.view.events {
		e := &t.view.events[i]
		if !f.about(t.view, e) || !e.Succeeded() && !e.All || e.N == 0 {
			continue
		}
		if e.Message {
			streams[e.Sock] = nil // a datagram is no continuation of another
		}
		streams[e.Sock] = append(streams[e.Sock], e.Data...)
		latest = streams[e.Sock]
		rest, hits := after(latest, want)
		streams[e.Sock] = rest
		for range hits {
			if times.add(e.Sock) >= f.times {
				found.come(e.Cause())
			}
		}
		if len(e.Data) < e.N { // the rest was not kept: what follows is no continuation
			streams[e.Sock] = nil
		}
	}
	if found.held {
		return found
	}
	out := &fact{try: f.advice()}
	n := times.most
	server := f.actor != nil && *f.actor == netlab.Server
	switch {
	case n > 0:
		out.seen = words.F("%d of %d", n, f.times)
	case t.view.lostOf(f) > 0:
		out.seen = words.F("not among the events that are remembered (%d older ones are gone)", t.view.lostOf(f))
		out.try = anew
	case latest == nil && server && f.op == netlab.OpSend:
		out.seen = words.F("the server has sent nothing yet")
	case latest == nil && server:
		out.seen = words.F("the server has received nothing yet")
	case latest == nil && f.op == netlab.OpSend:
		out.seen = words.F("nothing was sent yet")
	case latest == nil:
		out.seen = words.F("nothing arrived yet")
	default:
		out.seen = words.F("the bytes were %s", show(latest))
	}
	return out
}

// after counts how often want stands in a stream, once for each call without
// it, and returns what stands behind the last.
func after(stream, want []byte) (rest []byte, hits int) {
	if len(want) == 0 {
		return nil, 1
	}
	for {
		i := bytes.Index(stream, want)
		if i < 0 {
			return stream, hits
		}
		stream = stream[i+len(want):]
		hits++
	}
}

// show writes the end of a stream as a literal.
func show(p []byte) string {
	const most = 40
	cut := ""
	if len(p) > most {
		p, cut = p[len(p)-most:], "…"
	}
	return cut + starlark.Bytes(p).String()
}
