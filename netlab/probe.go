package netlab

import (
	"context"
	"math/rand/v2"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// TryBind asks the kernel a counter-question: what would bind(2) say to a new
// socket on addr, with or without SO_REUSEADDR? It returns 0 for yes. Nothing
// is recorded and nothing is kept.
func TryBind(addr Addr, reuse bool) syscall.Errno { return Errno(tryBind(addr, reuse)) }

func tryBind(addr Addr, reuse bool) error {
	sa, err := addr.sockaddr()
	if err != nil {
		return err
	}
	fd, err := sysSocket(addr.Family, unix.SOCK_STREAM, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if reuse {
		_ = unix.SetsockoptInt(fd, unix.SOL_SOCKET, unix.SO_REUSEADDR, 1)
	}
	return unix.Bind(fd, sa)
}

// The ports that FreePort chooses from: below those that the kernel gives to
// callers (ip_local_port_range, ip(7)), so that no connection comes to have one
// between the choice and the bind.
const (
	freeFrom = 16384
	freeTo   = 32767
)

// handedOut are the ports that FreePort has given to somebody in this process,
// who may not have bound them yet.
var handedOut struct {
	mu    sync.Mutex
	ports map[int]time.Time
}

// keepPort is for how long a port is given to nobody else.
const keepPort = 20 * time.Second

// FreePort chooses a port of 127.0.0.1 that can be bound now, and that it has
// given to nobody else lately.
func FreePort(ctx context.Context) (int, error) {
	for range 1000 {
		if err := ctx.Err(); err != nil {
			return 0, err
		}
		port := freeFrom + rand.IntN(freeTo-freeFrom+1)
		if reserve(port) && tryBind(Loopback(port), false) == nil {
			return port, nil
		}
	}
	return 0, &OpError{Op: OpBind, Addr: Loopback(0), Err: unix.EADDRINUSE}
}

// reserve is false for a port that was given away.
func reserve(port int) bool {
	handedOut.mu.Lock()
	defer handedOut.mu.Unlock()
	now := time.Now()
	if since, ok := handedOut.ports[port]; ok && now.Sub(since) < keepPort {
		return false
	}
	if handedOut.ports == nil {
		handedOut.ports = map[int]time.Time{}
	}
	handedOut.ports[port] = now
	return true
}
