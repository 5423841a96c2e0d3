package code

import (
	"context"
	"sort"

	"github.com/socklab/socklab/netlab"
)

// SocketNamed is the socket that a name stands for, nil if it stands for
// something else or for nothing.
func (in *Interp) SocketNamed(name string) *netlab.Socket {
	if k, ok := in.env[name].(*Sock); ok {
		return k.s
	}
	return nil
}

// SocketNames lists the names that stand for sockets.
func (in *Interp) SocketNames() []string {
	var names []string
	for name, v := range in.env {
		if _, ok := v.(*Sock); ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// ChildNamed is the child that a name stands for, nil if it stands for
// something else or for nothing.
func (in *Interp) ChildNamed(name string) *netlab.Child {
	if p, ok := in.env[name].(*popen); ok {
		return p.c
	}
	return nil
}

// ChildNames lists the names that stand for children.
func (in *Interp) ChildNames() []string {
	var names []string
	for name, v := range in.env {
		if _, ok := v.(*popen); ok {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// IsAddress tells whether a name stands for an address, or for something else
// that bind and connect take.
func (in *Interp) IsAddress(name string) bool {
	v, ok := in.env[name]
	if !ok {
		return false
	}
	_, isServer := v.(*Server)
	return isServer || typeName(v) == "tuple"
}

// BytesOf evaluates an expression whose value is bytes, or text, which counts
// as its UTF-8. The error is an *[Error].
func (in *Interp) BytesOf(ctx context.Context, expr string) ([]byte, error) {
	const name = "__value"
	defer in.Delete(name)
	if err := in.Run(ctx, Source{Text: name + " = (" + expr + ")"}); err != nil {
		return nil, err
	}
	v := in.env[name]
	if s, ok := v.(Str); ok {
		return []byte(s.s), nil
	}
	p, err := asBytes(v)
	if err != nil {
		return nil, err
	}
	return p, nil
}
