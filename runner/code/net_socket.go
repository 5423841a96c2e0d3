package code

import (
	"errors"
	"fmt"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab"
)

// Sock is a socket as a value of the language. It never closes its socket: the
// lab does.
type Sock struct {
	net *Net
	s   *netlab.Socket
}

var (
	_ starlark.HasAttrs = (*Sock)(nil)
	_ labelled          = (*Sock)(nil)
	_ takesCommands     = (*Sock)(nil)
)

var errUnhashable = errors.New("unhashable")

// Socket is the socket behind the value.
func (k *Sock) Socket() *netlab.Socket { return k.s }

// TakesCommands makes NAME.verb a command.
func (k *Sock) TakesCommands() bool { return true }

// Type and TypeName are what type() prints.
func (k *Sock) Type() string     { return "socket" }
func (k *Sock) TypeName() string { return "socket.socket" }

// Freeze does nothing: the socket changes with every call.
func (k *Sock) Freeze() {}

// Truth is true, as of any object without a length.
func (k *Sock) Truth() starlark.Bool { return true }

// Hash is by identity.
func (k *Sock) Hash() (uint32, error) { return uint32(k.s.ID()), nil }

// String is what Python 3.11 prints.
func (k *Sock) String() string {
	closed := ""
	if k.s.Closed() {
		closed = "[closed] "
	}
	info := k.s.Info()
	text := fmt.Sprintf("<socket.socket %sfd=%d, family=%d, type=%d, proto=%d",
		closed, info.FD, k.s.Family, k.s.Type, k.s.Proto)
	if closed == "" {
		local := info.Local
		if local.IsZero() {
			local = anyAddr(k.s.Family)
		}
		text += ", laddr=" + addrValue(local).String()
		if !info.Remote.IsZero() {
			text += ", raddr=" + addrValue(info.Remote).String()
		}
	}
	return text + ">"
}

// setLabel takes the name of the variable a socket is bound to first.
func (k *Sock) setLabel(name string) {
	if k.s.Label() == "" {
		k.s.SetLabel(name)
	}
}

// Attr is a method, or family, type, proto and timeout.
func (k *Sock) Attr(name string) (starlark.Value, error) {
	switch name {
	case "family":
		return starlark.MakeInt(k.s.Family), nil
	case "type":
		return starlark.MakeInt(k.s.Type), nil
	case "proto":
		return starlark.MakeInt(k.s.Proto), nil
	case "timeout":
		return timeoutValue(k.s.Timeout()), nil
	}
	return sockMethods.attr(k, name)
}

// AttrNames lists the methods and attributes.
func (k *Sock) AttrNames() []string {
	return append([]string{"family", "proto", "timeout", "type"}, sockMethods.names...)
}

func timeoutValue(d time.Duration) starlark.Value {
	if d < 0 {
		return starlark.None
	}
	return starlark.Float(d.Seconds())
}

// labelled values take the name of the variable that is bound to them.
type labelled interface{ setLabel(name string) }
