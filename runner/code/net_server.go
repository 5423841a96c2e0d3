package code

import (
	"fmt"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

// Server is a running server of the lab as a value of the language.
type Server struct {
	s     *server.Server
	named bool
}

var (
	_ starlark.HasAttrs = (*Server)(nil)
	_ labelled          = (*Server)(nil)
)

// Server is the server behind the value.
func (v *Server) Server() *server.Server { return v.s }

// Type is the type's name; Freeze, Truth and Hash are those of any object.
func (v *Server) Type() string          { return "server" }
func (v *Server) Freeze()               {}
func (v *Server) Truth() starlark.Bool  { return true }
func (v *Server) Hash() (uint32, error) { return 0, errUnhashable }

func (v *Server) String() string {
	return fmt.Sprintf("<server %s %s at %s>", v.s.Name(), v.s.Kind, v.s.Addr())
}

// setLabel names a server after the variable it is bound to first.
func (v *Server) setLabel(name string) {
	if !v.named {
		v.named = true
		v.s.Rename(name)
	}
}

// Attr is a method, or addr, host, port, name and kind.
func (v *Server) Attr(name string) (starlark.Value, error) {
	switch name {
	case "addr":
		return addrValue(v.s.Addr()), nil
	case "host":
		return newStr(v.s.Addr().IP.String()), nil
	case "port":
		return starlark.MakeInt(v.s.Addr().Port), nil
	case "name":
		return newStr(v.s.Name()), nil
	case "kind":
		return newStr(v.s.Kind), nil
	}
	return serverMethods.attr(v, name)
}

// AttrNames lists the methods and attributes.
func (v *Server) AttrNames() []string {
	return append([]string{"addr", "host", "kind", "name", "port"}, serverMethods.names...)
}

var serverMethods = methods([]method{
	{"stop", "stop()", words.F("closes the server and its connections politely"), serverStop},
})

func serverStop(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	c.self.(*Server).s.Stop()
	return starlark.None, nil
}
