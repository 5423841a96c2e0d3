package runner

import (
	"context"
	"errors"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/words"
)

// chatCommands are the commands of the chat at the prompt.
func chatCommands() []*Command {
	return []*Command{
		{Name: "chat", Group: Calls, Usage: "[NAME.]chat [FRIEND]",
			Summary:  words.F("a chat with the friends of your directory; quit leaves a friend, then the chat"),
			Help:     words.F("The directory is a dictionary of yours from names to addresses, `friends = {\"amy\": (\"127.0.0.1\", 8081)}`, or else the lab's friends (`serve chat-friend`). The code it shows waits for one answer after each message. `chat` itself shows whatever comes, whenever it comes, while you type."),
			complete: completeFriend, run: runChatVerb},
	}
}

func completeFriend(s *Session, _ string) []string {
	var names []string
	for _, d := range s.directories(context.Background()) {
		names = append(names, d.Names()...)
	}
	return names
}

// runChatVerb shows the tutorial's loop, runs what makes its names, and then
// holds the conversation itself: code cannot receive while a person types.
func runChatVerb(ctx context.Context, s *Session, a Args) error {
	dir, err := s.directoryFor(ctx, a.Text)
	if err != nil {
		return err
	}
	phone, setup, err := s.chatPhone(a.Target)
	if err != nil {
		return err
	}
	if dir.variable == "" {
		dir.variable = s.friendsVariable()
		setup += friendsCode(dir) + "\n"
	}
	if setup != "" {
		setup = strings.TrimSuffix(setup, "\n")
		s.out.Expands(setup)
	}
	s.out.Expands(chatCode(phone, dir.variable, s.lang()))
	if err := s.bench.interp.Run(ctx, code.Source{Text: setup}); err != nil {
		return err
	}
	s.report()
	return s.chat(ctx, phone, dir.Directory, a.Text)
}

// chatPhone picks a datagram socket without a peer, or gives the code that
// makes one.
func (s *Session) chatPhone(target string) (name, setup string, err error) {
	fits := func(i netlab.SocketInfo) bool { return isDatagram(i) && isFree(i) }
	if target != "" {
		name, err = s.pick("chat", target, isOpen)
		if err == nil && !isDatagram(s.bench.interp.SocketNamed(name).Info()) {
			err = &UsageError{Text: words.F("%s is no UDP socket; `socket udp` makes one", name)}
		}
		return name, "", err
	}
	for _, n := range s.bench.interp.SocketNames() {
		if fits(s.bench.interp.SocketNamed(n).Info()) {
			name, err = s.pick("chat", "", fits)
			return name, "", err
		}
	}
	name = s.freeName("phone")
	return name, newSocketCode(name, "udp") + "\n", nil
}

func (s *Session) chat(ctx context.Context, phone string, dir *chat.Directory, first string) error {
	sock := s.bench.interp.SocketNamed(phone)
	if sock == nil {
		return &UsageError{Text: words.F("%s is no socket here; there are: %s", phone, s.socketList())}
	}
	s.chatting.Store(true) // its recvfrom waits for ever, and that is no news
	defer s.chatting.Store(false)
	// Ctrl-C at a line that was begun clears the line, and so must not end the
	// conversation as it ends a call that waits.
	ctx, stop := apartFromCtrlC(ctx)
	defer stop()
	c := Chat{Console: s.con, View: s.out, Directory: dir, Whole: !s.con.Interactive()}
	err := runChat(ctx, c, sock, func(r *chatRoom) error {
		r.hosts, r.after = s.hosts(), s.report
		return r.choose(first)
	})
	s.bench.told = s.bench.lab.Journal().Mark() // after it came only the end of the recvfrom that waited
	switch {
	case errors.Is(err, ErrFailed):
		s.wrong = true // which has been shown
		return nil
	case err == nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return &UsageError{Text: words.F("the time was over before the chat was left: `quit` leaves it")}
	}
	return err
}

// hosts are the addresses of the lab's servers.
func (s *Session) hosts() map[netlab.Addr]bool {
	list := map[netlab.Addr]bool{}
	for _, srv := range s.bench.net.Servers() {
		list[srv.Addr()] = true
	}
	return list
}

// apartFromCtrlC is ctx without the end that Ctrl-C would make of it.
func apartFromCtrlC(ctx context.Context) (context.Context, context.CancelFunc) {
	apart, cancel := context.WithCancelCause(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		if cause := context.Cause(ctx); !errors.Is(cause, console.ErrInterrupted) {
			cancel(cause)
		}
	})
	return apart, func() {
		stop()
		cancel(nil)
	}
}

// datagramServer finds the UDP server that a word names.
func (s *Session) datagramServer(word string) bool {
	for _, srv := range s.bench.net.Servers() {
		if srv.Name() == word {
			return isDatagramKind(srv.Kind)
		}
	}
	return false
}

func isDatagramKind(kind string) bool {
	k, ok := server.Find(kind)
	return ok && k.Datagrams
}
