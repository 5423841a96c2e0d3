package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/coach"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// Chat is what a chat on its own works with. The caller closes the console.
type Chat struct {
	Console   console.Console
	View      *view.Renderer // prints on Console.Out()
	Directory *chat.Directory
	As        string      // one's own name; may be ""
	Addr      netlab.Addr // where to take messages; zero: as the directory has As, or a free port
	Whole     bool        // the output is not for a window: messages stand on one line, whole
	// Typing, if not nil, is set by whoever sees that a line was begun: the
	// person that an answer goes to does not change under it.
	Typing *atomic.Bool
}

// TalkChat holds a conversation as the tutorial's client does: a friend is
// chosen by name, lines go to them until `quit`, then another is chosen. What
// anybody writes meanwhile is shown as it comes.
func TalkChat(ctx context.Context, c Chat) error {
	return c.hold(ctx, func(r *chatRoom, at netlab.Addr) error {
		r.introduce(c.As, at)
		return r.choose("")
	})
}

// ServeChat is the tutorial's server: it shows what anybody writes, and a
// person types the answers. Its first line on out is "listening on ADDR", once
// that is true.
func ServeChat(ctx context.Context, out io.Writer, c Chat) error {
	return c.hold(ctx, func(r *chatRoom, at netlab.Addr) error {
		if _, err := fmt.Fprintf(out, "listening on %s\n", at); err != nil {
			return err
		}
		r.introduce(c.As, at)
		return r.answer()
	})
}

// hold opens the socket in a lab of its own and lets talk run on it.
func (c Chat) hold(ctx context.Context, talk func(*chatRoom, netlab.Addr) error) error {
	lab := netlab.New()
	defer lab.Close()
	sock, at, err := c.open(ctx, lab)
	if err != nil {
		advice := coach.Explain(lab, err)
		c.View.Error(callTrouble(err, advice.Why))
		if !advice.Try.Empty() {
			c.View.Try(advice.Try)
		}
		return ErrFailed
	}
	return runChat(ctx, c, sock, func(r *chatRoom) error { return talk(r, at) })
}

func (c Chat) open(ctx context.Context, lab *netlab.Lab) (*netlab.Socket, netlab.Addr, error) {
	at := c.Addr
	if friend, ok := c.Directory.Find(c.As); ok && at.IsZero() {
		at = friend.Addr
	}
	if at.IsZero() {
		at = netlab.Loopback(0)
		if friends := c.Directory.Friends(); len(friends) > 0 && friends[0].Addr.Family == unix.AF_INET6 {
			at = netlab.InetAddr(ipv6Loopback, 0)
		}
	}
	sock, err := lab.Socket(at.Family, unix.SOCK_DGRAM, 0, netlab.Learner)
	if err != nil {
		return nil, at, err
	}
	sock.SetLabel("chat")
	// No SO_REUSEADDR: on UDP it would let another program take the messages.
	if err := sock.Bind(ctx, at); err != nil {
		return nil, at, err
	}
	at, err = sock.Getsockname(ctx)
	return sock, at, err
}

// runChat runs a conversation on a socket: one goroutine receives, one shows,
// and this one reads what is typed. Both have ended when it returns.
func runChat(ctx context.Context, c Chat, sock *netlab.Socket, talk func(*chatRoom) error) error {
	defer sock.SetTimeout(sock.Timeout())
	sock.SetTimeout(-1) // the time of a call is not that of a conversation
	ctx, cancel := context.WithCancel(ctx)
	r := &chatRoom{
		Chat: c, ctx: ctx, sock: sock, in: chat.NewInbox(sock, c.Directory),
		doubts: map[netlab.Addr]*time.Timer{}, asked: map[netlab.Addr]int{},
	}
	if r.Typing == nil {
		r.Typing = &atomic.Bool{}
	}
	var work sync.WaitGroup
	work.Add(2)
	failed := make(chan error, 1)
	console.Go(c.Console, func() {
		defer work.Done()
		if err := r.in.Receive(ctx); err != nil {
			failed <- err
			cancel()
		}
	})
	console.Go(c.Console, func() {
		defer work.Done()
		for ctx.Err() == nil {
			r.show(r.in.Next(ctx))
			r.arrived()
		}
	})
	err := talk(r)
	r.linger()
	r.reached()
	cancel()
	work.Wait()
	r.show(r.in.Rest())
	r.end()
	select {
	case e := <-failed:
		r.callFailed(e)
	default:
	}
	if err == nil && r.failed {
		err = ErrFailed
	}
	return err
}

// callTrouble is the error of a call as Python names it.
func callTrouble(err error, why words.Text) view.Trouble {
	t := view.Trouble{Kind: "OSError", Text: why}
	if why.Empty() {
		t.Text = words.Raw(err.Error())
	}
	if errno := netlab.Errno(err); errno != 0 {
		t.Kind, t.Tag = code.Exception(errno), code.Tag(errno)
	}
	var op *netlab.OpError
	if errors.As(err, &op) {
		what := strings.TrimSpace(op.Op.String() + " " + op.Addr.String())
		t.Text = words.Text{Format: "%s: %s", Args: []any{what, t.Text}}
	}
	return t
}
