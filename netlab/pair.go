package netlab

import (
	"context"

	"golang.org/x/sys/unix"
)

// Socketpair is socketpair(2): two sockets that are connected to each other,
// without names. Linux makes such pairs in AF_UNIX alone. It is one Event, with
// the descriptor of the first as FD, that of the second as N and the id of the
// second as Other. Errors: EOPNOTSUPP, EAFNOSUPPORT, EPROTONOSUPPORT, EMFILE.
func (l *Lab) Socketpair(family, typ, proto int, by Actor) (pair [2]*Socket, err error) {
	start := l.now()
	c := call{op: OpSocketpair, a: family, b: typ, flags: proto, tries: 1}
	fds, err := sysSocketpair(family, typ, proto)
	if err != nil {
		c.errno, c.outcome = number(err), Failed
		l.recordLoose(by, &c, start)
		return pair, c.failure(context.Background(), nil)
	}
	for i, fd := range fds {
		if pair[i], err = newSocket(l, fd, family, typ, proto, by); err == nil {
			pair[i].remote = Addr{Family: family}
			pair[i].learnLocal()
			err = l.adopt(pair[i])
		}
		if err != nil {
			if i == 0 {
				_ = unix.Close(fds[1])
			}
			return [2]*Socket{}, err
		}
	}
	c.n, c.other = fds[1], pair[1].id
	l.record(pair[0], &c, start)
	return pair, nil
}
