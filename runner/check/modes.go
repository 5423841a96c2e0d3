package check

import (
	"os"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// modeWords are the words about where bytes wait, and about AF_UNIX names.
var modeWords = []row{
	{"unread", `unread(n=1, ` + whose + `)`, "so many bytes, or more, were waiting in a socket's queue in the kernel", (*Task).unread},
	{"buffered", `buffered(n=1, ` + whose + `)`, "a file of makefile has held so many bytes: read ahead, or written and not flushed", (*Task).buffered},
	{"delivered", `delivered(n=1, ` + whose + `)`, "all that one end of a TCP connection has sent was read at the other, n bytes at least", (*Task).delivered},
	{"socketfile", `socketfile(size=, ` + whose + `)`, "the path of a bound AF_UNIX socket is a file of the type socket, of this size", (*Task).socketfile},
	{"abstract", `abstract(` + filters + `)`, "bind gave an AF_UNIX socket an abstract name, which is no file", (*Task).abstract},
}

// numbered reads the arguments of a word about a number, and whom it is about.
func (t *Task) numbered(b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple, name string, n *int) (func(netlab.SocketInfo) bool, error) {
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, append([]any{name, n}, a.whose()...)...); err != nil {
		return nil, err
	}
	return t.matcher(&a)
}

// unread: bytes stood in the receive queue (FIONREAD).
func (t *Task) unread(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	n := 1
	match, err := t.numbered(b, args, kwargs, "n?", &n)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	most := 0
	for _, s := range t.view.sockets {
		if match(s) && !s.Closed && s.Backlog < 0 {
			most = max(most, s.Unread)
		}
	}
	return t.once("unread", args, kwargs, &fact{
		held: most >= n, seen: words.F("%d bytes are waiting in the kernel", most), try: advice[netlab.OpSend],
	}), nil
}

// buffered: bytes stood in the buffer of a file, where recv does not look.
func (t *Task) buffered(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	n := 1
	match, err := t.numbered(b, args, kwargs, "n?", &n)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	most := 0
	for _, s := range t.view.sockets {
		if match(s) {
			most = max(most, s.Files.MostAhead, s.Files.MostUnsent)
		}
	}
	return t.once("buffered", args, kwargs, &fact{
		held: most >= n, seen: words.F("a file of makefile held %d bytes at most", most),
		try: words.F("make a file of the socket: f = phone.makefile('r'), then f.readline(); or 'w' and f.write('...')"),
	}), nil
}

// delivered: of a TCP connection whose ends are both the lab's, one end has
// read as many bytes as the other has sent.
func (t *Task) delivered(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	n := 1
	match, err := t.numbered(b, args, kwargs, "n?", &n)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	f := &fact{seen: words.F("nothing was sent yet"), try: advice[netlab.OpSend]}
	for _, id := range t.view.order {
		s := t.view.sockets[id]
		out := int(s.Counts.Out)
		far, ok := t.view.otherEnd(s)
		if out == 0 || f.held || !ok || !match(s) {
			continue
		}
		in := int(far.Counts.In)
		f.held = in == out && out >= n
		f.seen, f.try = words.F("%d bytes were sent, %d were read", out, in), advice[netlab.OpRecv]
		if in == out {
			f.try = words.F("send more: %d bytes at least", n)
		}
	}
	return t.once("delivered", args, kwargs, f), nil
}

// otherEnd is the socket of the lab at the other end of a TCP connection.
func (v *view) otherEnd(s netlab.SocketInfo) (far netlab.SocketInfo, ok bool) {
	if s.Family == unix.AF_UNIX || s.Type != unix.SOCK_STREAM || s.Remote.IsZero() {
		return far, false
	}
	for _, id := range v.order {
		x := v.sockets[id]
		if x.ID != s.ID && x.Type == s.Type && x.Local == s.Remote && x.Remote == s.Local {
			far, ok = x, true // the latest, if addresses were used again
		}
	}
	return far, ok
}

// socketfile: the name that bind gave is in its folder.
func (t *Task) socketfile(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	size := -1
	match, err := t.numbered(b, args, kwargs, "size?", &size)
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	f := &fact{
		seen: words.F("no file of the type socket belongs to an AF_UNIX socket that counts here"),
		try:  words.F("bind an AF_UNIX socket to a path: phone.bind('/tmp/name.sock')"),
	}
	for _, id := range t.view.order {
		s := t.view.sockets[id]
		path := s.Local.Path
		if s.Family != unix.AF_UNIX || path == "" || path[0] == 0 || s.Backlog < 0 && !s.Remote.IsZero() || !match(s) {
			continue
		}
		info, err := os.Lstat(path)
		if err != nil || info.Mode()&os.ModeSocket == 0 || f.held {
			continue
		}
		f.held = size < 0 || info.Size() == int64(size)
		f.seen = words.F("the size of the file is %d", info.Size())
	}
	return t.once("socketfile", args, kwargs, f), nil
}

// abstract: a bind to a name that begins with NUL (unix(7)).
func (t *Task) abstract(_ *starlark.Thread, b *starlark.Builtin, args starlark.Tuple, kwargs []starlark.Tuple) (starlark.Value, error) {
	a := newFilterArgs()
	if err := starlark.UnpackArgs(b.Name(), args, kwargs, a.counted()...); err != nil {
		return nil, err
	}
	f, err := a.filter("bind")
	if err != nil || t.view == nil {
		return &fact{}, err
	}
	found := t.count(f, func(e *netlab.Event) bool {
		return e.Succeeded() && e.Addr.Path != "" && e.Addr.Path[0] == 0
	})
	if !found.held && t.view.lost == 0 {
		found.try = words.F(`bind an AF_UNIX socket to a name that begins with NUL: phone.bind("\0name")`)
	}
	return found, nil
}
