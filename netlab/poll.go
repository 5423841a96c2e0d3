package netlab

import (
	"context"
	"fmt"
	"os"
	"strings"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// A Poll is one socket that [Lab.Poll] watches. Want and Got are the bits of
// poll(2): POLLIN, POLLOUT, and of Got also POLLERR, POLLHUP and POLLNVAL.
type Poll struct {
	Sock *Socket
	Want int16
	Got  int16
}

// Poll is poll(2): it waits until one of the sockets is ready for what is
// wanted of it, fills in Got, and returns how many are ready; 0 when the time
// is over. limit is how long it may wait, negative: as long as it takes, 0: not
// at all. Ready is a hint: that a call would not wait, at that moment. It is
// one event, with the number of sockets as A, the limit in milliseconds as B (-1:
// none), the ready ones as N and their bits as Data. A socket that is closed reports POLLNVAL.
func (l *Lab) Poll(ctx context.Context, list []Poll, limit time.Duration, by Actor) (int, error) {
	start := l.now()
	c := call{op: OpPoll, a: len(list), b: milliseconds(limit)}
	wake, done, err := wakePipe(ctx, l.done)
	if err != nil {
		return 0, &OpError{Op: OpPoll, Err: err}
	}
	defer done()
	fds := make([]unix.PollFd, len(list), len(list)+1)
	for i, p := range list {
		fds[i] = unix.PollFd{Fd: int32(p.Sock.Fileno()), Events: p.Want}
	}
	fds = append(fds, unix.PollFd{Fd: int32(wake), Events: unix.POLLIN})
	gone := closedOnes(list, fds)
	if gone > 0 {
		limit = 0
	}
	l.polling.Store(int64(start) + 1)
	c.n, c.errno = pollOnce(fds, limit, &c)
	l.polling.Store(0)
	if fds[len(list)].Revents != 0 && c.errno == 0 {
		c.n--
		c.outcome = Cancelled
	}
	if c.errno != 0 {
		c.outcome = Failed
	}
	for i := range list {
		list[i].Got |= fds[i].Revents
	}
	c.n += gone
	c.buf = []byte(readyText(list))
	l.recordLoose(by, &c, start)
	return c.n, c.failure(ctx, nil)
}

// closedOnes marks the sockets that have no descriptor any more: poll(2)
// passes over a negative number.
func closedOnes(list []Poll, fds []unix.PollFd) (gone int) {
	for i := range list {
		list[i].Got = 0
		if fds[i].Fd < 0 {
			list[i].Got = unix.POLLNVAL
			gone++
		}
	}
	return gone
}

// pollOnce waits; what interrupts it (EINTR) does not end the wait.
func pollOnce(fds []unix.PollFd, limit time.Duration, c *call) (int, syscall.Errno) {
	until := time.Now().Add(limit)
	for {
		c.tries++
		left := limit
		if limit >= 0 {
			left = max(time.Until(until), 0)
		}
		n, err := unix.Poll(fds, milliseconds(left))
		if errno := number(err); errno != unix.EINTR {
			return max(n, 0), errno
		}
	}
}

// milliseconds is a time as poll(2) takes it: whole ones, not too early.
func milliseconds(d time.Duration) int {
	if d < 0 {
		return -1
	}
	return int((d + time.Millisecond - 1) / time.Millisecond)
}

// wakePipe is a descriptor that becomes readable when ctx or the lab ends.
func wakePipe(ctx context.Context, lab <-chan struct{}) (fd int, done func(), err error) {
	r, w, err := os.Pipe()
	if err != nil {
		return -1, nil, err
	}
	over, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		select {
		case <-ctx.Done():
		case <-lab:
		case <-over:
		}
		_ = w.Close()
	}()
	return int(r.Fd()), func() {
		close(over)
		<-ended
		_ = r.Close()
	}, nil
}

// PollBits names the bits of poll(2): "POLLIN|POLLHUP".
func PollBits(bits int16) string {
	var names []string
	for _, b := range []struct {
		bit  int16
		name string
	}{
		{unix.POLLIN, "POLLIN"}, {unix.POLLPRI, "POLLPRI"}, {unix.POLLOUT, "POLLOUT"},
		{unix.POLLERR, "POLLERR"}, {unix.POLLHUP, "POLLHUP"}, {unix.POLLNVAL, "POLLNVAL"},
	} {
		if bits&b.bit != 0 {
			names = append(names, b.name)
		}
	}
	if len(names) == 0 {
		return "0"
	}
	return strings.Join(names, "|")
}

// readyText lists the ready ones: "7 POLLIN, 9 POLLOUT".
func readyText(list []Poll) string {
	var b strings.Builder
	for _, p := range list {
		if p.Got == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		fmt.Fprintf(&b, "%d %s", p.Sock.Fileno(), PollBits(p.Got))
	}
	return b.String()
}

// Polling tells since when a poll waits, on the lab's clock; ok is false if
// none does.
func (l *Lab) Polling() (since time.Duration, ok bool) {
	t := l.polling.Load()
	return time.Duration(t - 1), t != 0
}
