package runner

import (
	"context"
	"errors"
	"strconv"
	"strings"

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
			Summary:  words.F("a chat with the lab's friends (`serve chat-friend`); quit leaves a friend, then the chat"),
			Help:     words.F("The code it shows waits for one answer after each message. `chat` itself shows whatever comes, whenever it comes, while you type."),
			complete: completeFriend, run: runChatVerb},
	}
}

// chatKind is the kind of servers that one chats with.
const chatKind = "chat-friend"

// friends is the directory of a lab: its servers that chat.
func (s *Session) friends() *chat.Directory {
	var list []chat.Friend
	for _, srv := range s.bench.net.Servers() {
		if srv.Kind == chatKind {
			list = append(list, chat.Friend{Name: srv.Name(), Addr: srv.Addr()})
		}
	}
	return chat.NewDirectory(list)
}

func completeFriend(s *Session, _ string) []string { return s.friends().Names() }

// runChatVerb shows the tutorial's loop, runs what makes its names, and then
// holds the conversation itself: code cannot receive while a person types.
func runChatVerb(ctx context.Context, s *Session, a Args) error {
	dir := s.friends()
	first := a.Text
	if len(dir.Friends()) == 0 {
		return &UsageError{Text: words.F("there is nobody to chat with; this makes a friend:"), Usage: "serve chat-friend name=amy"}
	}
	if _, ok := dir.Find(first); !ok && first != "" {
		names := strings.Join(dir.Names(), ", ")
		if near := dir.Nearest(first); near != "" {
			return &UsageError{Text: words.F("there is nobody called %s; did you mean %s? There are: %s", first, near, names)}
		}
		return &UsageError{Text: words.F("there is nobody called %s; there are: %s", first, names)}
	}
	phone, before, err := s.chatPhone(a.Target)
	if err != nil {
		return err
	}
	variable := s.friendsVariable()
	setup := before + friendsCode(variable, dir)
	s.out.Expands(setup)
	s.out.Expands(chatCode(phone, variable, s.lang()))
	if err := s.bench.interp.Run(ctx, code.Source{Text: setup}); err != nil {
		return err
	}
	s.report()
	return s.chat(ctx, phone, dir, first)
}

// chatPhone picks a datagram socket without a peer, or makes one first.
func (s *Session) chatPhone(target string) (name, before string, err error) {
	if target != "" {
		name, err = s.pick("chat", target, isOpen)
		if err == nil && !isDatagram(s.bench.interp.SocketNamed(name).Info()) {
			err = &UsageError{Text: words.F("%s is no UDP socket; `socket udp` makes one", name)}
		}
		return name, "", err
	}
	for _, n := range s.bench.interp.SocketNames() {
		if info := s.bench.interp.SocketNamed(n).Info(); isDatagram(info) && isFree(info) {
			name, err = s.pick("chat", "", isDatagram)
			return name, "", err
		}
	}
	name = s.freeName("phone")
	return name, newSocketCode(name, "udp") + "\n", nil
}

// friendsVariable is the name of the directory in code: one that the learner
// has not given to something else.
func (s *Session) friendsVariable() string {
	if s.bench.friends == "" {
		s.bench.friends = "friends"
		for n := 2; s.bench.interp.Bound(s.bench.friends); n++ {
			s.bench.friends = "friends" + strconv.Itoa(n)
		}
	}
	return s.bench.friends
}

// friendsCode is the directory as the tutorial writes it.
func friendsCode(variable string, dir *chat.Directory) string {
	var items []string
	for _, f := range dir.Friends() {
		items = append(items, pyText(f.Name)+": "+tupleCode(f.Addr))
	}
	return variable + " = {" + strings.Join(items, ", ") + "}"
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
		r.hosts, r.after = true, s.report
		return r.choose(first)
	})
	s.report()
	switch {
	case errors.Is(err, ErrFailed):
		s.wrong = true // which has been shown
		return nil
	case err == nil && errors.Is(context.Cause(ctx), context.DeadlineExceeded):
		return &UsageError{Text: words.F("the time was over before the chat was left: `quit` leaves it")}
	}
	return err
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
