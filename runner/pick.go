package runner

import (
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// pick chooses the socket that a command acts on: the one that was named; the
// one used last, if the call fits it; the newest that it fits; and if it fits
// none, the one used last, whose error then is the answer.
func (s *Session) pick(c string, target string, fits func(netlab.SocketInfo) bool) (string, error) {
	in := s.bench.interp
	if target != "" {
		if in.SocketNamed(target) == nil {
			return "", &UsageError{Text: words.F("%s is no socket here; there are: %s", target, s.socketList())}
		}
		return target, nil
	}
	best, newest := "", ""
	for _, name := range in.SocketNames() {
		info := in.SocketNamed(name).Info()
		if fits(info) && (best == "" || info.ID > in.SocketNamed(best).ID()) {
			best = name
		}
		if newest == "" || info.ID > in.SocketNamed(newest).ID() {
			newest = name
		}
	}
	if used := in.SocketNamed(s.bench.current); used != nil && fits(used.Info()) {
		best = s.bench.current
	}
	switch {
	case best != "":
		return best, nil
	case in.SocketNamed(s.bench.current) != nil:
		return s.bench.current, nil
	case newest != "":
		return newest, nil
	}
	return "", &UsageError{Text: words.F("there is no socket yet for %s: `socket` makes one, `connect HOST:PORT` makes one and dials", c)}
}

func (s *Session) socketList() string {
	if names := s.bench.interp.SocketNames(); len(names) > 0 {
		return strings.Join(names, ", ")
	}
	return "-"
}

// What a socket must be for a call to fit it.
func isOpen(i netlab.SocketInfo) bool      { return !i.Closed }
func isFree(i netlab.SocketInfo) bool      { return !i.Closed && i.Remote.IsZero() && i.Backlog < 0 }
func isListening(i netlab.SocketInfo) bool { return !i.Closed && i.Backlog >= 0 }
func isConnected(i netlab.SocketInfo) bool { return !i.Closed && !i.Remote.IsZero() }
func isBound(i netlab.SocketInfo) bool     { return isFree(i) && i.Local.Port != 0 }
func isDatagram(i netlab.SocketInfo) bool  { return !i.Closed && i.Type == unix.SOCK_DGRAM }
func isUnbound(i netlab.SocketInfo) bool   { return isFree(i) && i.Local.IsZero() }

// freeName is base, or base2, base3 …: the first that no open socket has.
func (s *Session) freeName(base string) string {
	name := base
	for n := 2; ; n++ {
		if sock := s.bench.interp.SocketNamed(name); sock == nil || sock.Closed() {
			if sock != nil || !s.bench.interp.Bound(name) {
				return name
			}
		}
		name = base + strconv.Itoa(n)
	}
}

// freshSocket picks a socket that the call fits, or makes one first.
func (s *Session) freshSocket(call, target, addr string, fits func(netlab.SocketInfo) bool) (name, before string, err error) {
	if target != "" {
		name, err = s.pick(call, target, fits)
		return name, "", err
	}
	family := familyOf(addr)
	suits := func(i netlab.SocketInfo) bool { return fits(i) && (family == 0 || i.Family == family) }
	for _, n := range s.bench.interp.SocketNames() {
		if suits(s.bench.interp.SocketNamed(n).Info()) {
			name, err = s.pick(call, "", suits)
			return name, "", err
		}
	}
	kind := map[int]string{unix.AF_UNIX: "unix", unix.AF_INET6: "tcp6"}[family]
	name = s.freeName("phone")
	return name, newSocketCode(name, kind) + "\n", nil
}

// freshDatagram is freshSocket for datagrams: a UDP socket that the call fits.
func (s *Session) freshDatagram(call, target, addr string, fits func(netlab.SocketInfo) bool) (name, before string, err error) {
	if target != "" {
		name, err = s.pick(call, target, fits)
		return name, "", err
	}
	suits := func(i netlab.SocketInfo) bool { return fits(i) && isDatagram(i) && i.Family == familyOf(addr) }
	for _, n := range s.bench.interp.SocketNames() {
		if suits(s.bench.interp.SocketNamed(n).Info()) {
			name, err = s.pick(call, "", suits)
			return name, "", err
		}
	}
	kind := "udp"
	if familyOf(addr) == unix.AF_INET6 {
		kind = "udp6"
	}
	name = s.freeName("phone")
	return name, newSocketCode(name, kind) + "\n", nil
}

// familyOf is the family of an address in code: a tuple with an IPv6 host, a
// path, or IPv4. A variable may be anything: 0.
func familyOf(addr string) int {
	switch {
	case strings.HasPrefix(addr, `("`) && strings.Contains(addr[:strings.LastIndex(addr, ",")+1], ":"):
		return unix.AF_INET6
	case strings.HasPrefix(addr, `("`):
		return unix.AF_INET
	case strings.HasPrefix(addr, `"`):
		return unix.AF_UNIX
	}
	return 0
}
