package code

import (
	"context"
	"sync"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

// Net gives code the sockets and servers of one lab. Its methods are safe for
// concurrent use; the values it makes belong to the interpreter's goroutine.
type Net struct {
	Lab *netlab.Lab
	// Explain says why a call failed and what to try; nil: the errno's words.
	Explain func(error) (why, try words.Text)
	// Permit asks a person whether a server may give whatever it receives to a
	// shell; nil: no.
	Permit func(context.Context) bool

	// Output takes what children print that have no pipe for it, as it comes
	// and from any goroutine; nil: it is thrown away.
	Output func(text string)

	mu      sync.Mutex
	servers []*server.Server
}

// Servers lists the servers that were started and still run.
func (n *Net) Servers() []*server.Server {
	n.mu.Lock()
	defer n.mu.Unlock()
	var running []*server.Server
	for _, s := range n.servers {
		if !s.Stopped() {
			running = append(running, s)
		}
	}
	return running
}

// Module is Python's socket module on the lab.
func (n *Net) Module() *Module {
	values := starlark.StringDict{}
	for name, v := range netConstants {
		values[name] = starlark.MakeInt(v)
	}
	return &Module{
		Name: "socket", Help: words.F("the Berkeley interface on real sockets"),
		call:  &method{"socket", "socket(family=AF_INET, type=SOCK_STREAM, proto=0)", words.F("a new socket"), n.socket},
		funcs: n.functions(), values: values, bare: true, instance: "socket.socket",
	}
}

// Serve is the function that starts a server of the lab: serve("tcp-upper").
func (n *Net) Serve() starlark.Value {
	return &builtin{m: &method{
		name: "serve", sig: "serve(kind, name='', host='127.0.0.1', port=0, …)",
		help: words.F("starts one of the lab's servers beside you"),
		fn:   n.serve,
	}}
}

func (n *Net) serve(c *call) (starlark.Value, error) {
	if len(c.args) != 1 {
		return nil, typeError("serve() takes exactly one positional argument, the kind (%d given)", len(c.args))
	}
	kind, ok := c.args[0].(Str)
	if !ok {
		return nil, typeError("serve() argument 1 must be str, not %s", typeName(c.args[0]))
	}
	values := server.Values{}
	for _, kw := range c.kwargs {
		v, err := optionOf(kw[1])
		if err != nil {
			return nil, err
		}
		values[textOf(kw[0])] = v
	}
	k, known := server.Find(kind.s)
	if known && k.Spawns && !c.mayRun() {
		return nil, raiseText("PermissionError", "", words.F("a server that runs commands was not allowed"))
	}
	if known && k.NeedsWord(values) && (n.Permit == nil || !n.Permit(c.ctx())) {
		return nil, raiseText("PermissionError", "", words.F("a server with shell=True was not allowed")).hint(
			words.F("without shell=True it runs the programs on its list"))
	}
	s, err := server.Start(n.Lab, kind.s, values)
	if err != nil {
		return nil, n.failed(c, err)
	}
	n.mu.Lock()
	n.servers = append(n.servers, s)
	n.mu.Unlock()
	return &Server{s: s, named: values["name"] != nil}, nil
}

// optionOf turns a value into what a server's option may be.
func optionOf(v starlark.Value) (any, error) {
	switch v := v.(type) {
	case starlark.Bool:
		return bool(v), nil
	case starlark.Int:
		return asInt(v)
	case starlark.Float:
		return float64(v), nil
	case Str:
		return v.s, nil
	case *starlark.List:
		list := []string{}
		for i := range v.Len() {
			if s, ok := v.Index(i).(Str); ok {
				list = append(list, s.s)
			} else {
				list = append(list, v.Index(i).String())
			}
		}
		return list, nil
	}
	return nil, typeError("a server's option cannot be a %s", typeName(v))
}
