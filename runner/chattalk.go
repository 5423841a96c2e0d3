package runner

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// maxListed is how many friends are named at once.
const maxListed = 20

// choose is the client's outer loop: whom to talk with, until `quit`. first is
// who was named before.
func (r *chatRoom) choose(first string) error {
	listed := false
	for {
		if first == "" && !listed {
			listed = true
			r.listFriends()
			r.View.Paragraph(words.F("Type a name to talk with them; `quit` ends the talk, and then the chat."))
		}
		name := first
		if name == "" {
			line, err := r.readLine(r.ctx, r.View.Lang().T("friend: "))
			if err != nil || line == "quit" {
				return nil
			}
			name = line
		}
		first = ""
		if name == "" {
			continue
		}
		friend, ok := r.whom(name)
		if !ok {
			continue
		}
		if err := r.talkWith(friend); err != nil {
			return nil
		}
	}
}

// talkWith is the inner loop: lines go to one friend until `quit` or Ctrl-D.
// The error says that the chat is over.
func (r *chatRoom) talkWith(friend chat.Friend) error {
	for {
		line, err := r.readLine(r.ctx, r.View.Lang().T("to %s: ", promptName(friend)))
		switch {
		case errors.Is(err, io.EOF) && r.Console.Interactive():
			return nil
		case err != nil:
			return err
		case line == "quit":
			return nil
		}
		r.send(line, friend.Addr)
	}
}

// promptName is a friend as the prompt has them: where there is no name, the
// address.
func promptName(f chat.Friend) string {
	if f.Name == "" {
		return f.Addr.String()
	}
	return f.Name
}

// whom finds who is meant by a name of the directory or by an address, and
// says who there is if it is neither.
func (r *chatRoom) whom(name string) (chat.Friend, bool) {
	if friend, ok := r.Directory.Find(name); ok {
		return friend, true
	}
	if addr, err := netlab.ParseAddr(name); err == nil && addr.IP.IsValid() && addr.Port > 0 {
		return chat.Friend{Name: r.Directory.NameOf(addr), Addr: addr}, true
	}
	text := words.F("there is nobody called %s; there are: %s", name, r.names())
	if near := r.Directory.Nearest(name); near != "" {
		text = words.F("there is nobody called %s; did you mean %s? There are: %s", name, near, r.names())
	}
	r.View.Error(view.Trouble{Text: text})
	r.failed = r.failed || !r.Console.Interactive()
	return chat.Friend{}, false
}

func (r *chatRoom) names() string {
	names := r.Directory.Names()
	if len(names) > maxListed {
		names = append(names[:maxListed:maxListed], "…")
	}
	return strings.Join(names, ", ")
}

func (r *chatRoom) listFriends() {
	friends := r.Directory.Friends()
	for i, f := range friends {
		if i == maxListed {
			r.View.Note(words.F("%d more", len(friends)-i))
			break
		}
		about := f.Addr.String()
		if f.Name == r.As {
			about = r.View.Lang().T("%s, yourself", about)
		}
		r.View.Item("", f.Name, about)
	}
}

// answer is the server's loop: a line answers who has written last, or whom it
// names. It ends with Ctrl-C, with Ctrl-D or `quit` of a person, and with ctx.
func (r *chatRoom) answer() error {
	r.View.Paragraph(words.F("A line answers who wrote last; `@NAME text` or `NAME: text` writes to somebody else. `quit` ends."))
	for {
		line, to, err := r.nextAnswer()
		switch {
		case errors.Is(err, errTurned):
			continue
		case errors.Is(err, io.EOF) && !r.Console.Interactive():
			<-r.ctx.Done() // it goes on receiving
			return nil
		case err != nil, line == "quit" && r.Console.Interactive():
			return nil
		}
		text, friend, named := r.address(line)
		switch {
		case named && friend.Addr.IsZero(): // which has been said
		case named:
			r.send(text, friend.Addr)
		case line == "":
			r.send("", to)
		case to.IsZero():
			r.View.Note(words.F("Nobody has written yet; `@NAME text` writes to a friend."))
		default:
			r.send(line, to)
		}
	}
}

// nextAnswer reads a line and tells whom the prompt named at that moment. If
// somebody else writes before a line is begun, it returns with errTurned.
func (r *chatRoom) nextAnswer() (line string, to netlab.Addr, err error) {
	ctx, cancel := context.WithCancelCause(r.ctx)
	defer cancel(nil)
	to = r.setTurn(cancel)
	prompt := r.View.Lang().T("(nobody has written yet) ")
	if !to.IsZero() {
		prompt = r.View.Lang().T("to %s: ", promptName(chat.Friend{Name: r.Directory.NameOf(to), Addr: to}))
	}
	line, err = r.readLine(ctx, prompt)
	r.mu.Lock()
	r.turn = nil
	r.mu.Unlock()
	if err == nil && !r.Console.Interactive() {
		if _, _, named := r.split(line); !named {
			to = r.awaitWriter()
		}
	}
	return line, to, err
}

func (r *chatRoom) setTurn(cancel context.CancelCauseFunc) netlab.Addr {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn, r.target = cancel, r.in.Last()
	return r.target
}

// arrived turns the prompt to who has written, unless a line was begun.
func (r *chatRoom) arrived() {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.turn != nil && r.Console.Interactive() && !r.Typing.Load() && r.in.Last() != r.target {
		r.turn(errTurned)
	}
}

// awaitWriter waits until there is somebody to answer: a pipe has its lines
// ready before anybody can have written.
func (r *chatRoom) awaitWriter() netlab.Addr {
	for {
		news := r.in.News()
		if last := r.in.Last(); !last.IsZero() {
			return last
		}
		select {
		case <-news:
		case <-r.ctx.Done():
			return netlab.Addr{}
		}
	}
}

// address takes off whom a line is for. A name that does not exist is said and
// gives named with no address.
func (r *chatRoom) address(line string) (text string, friend chat.Friend, named bool) {
	name, text, named := r.split(line)
	if !named {
		return line, friend, false
	}
	friend, _ = r.whom(name)
	return text, friend, true
}

// split cuts "@NAME text", whoever that is, and "NAME: text", if the directory
// has the name: any line may have a colon in it.
func (r *chatRoom) split(line string) (name, text string, named bool) {
	if rest, ok := strings.CutPrefix(line, "@"); ok && rest != "" {
		name, text, _ = strings.Cut(rest, " ")
		return name, strings.TrimSpace(text), true
	}
	for i, c := range line {
		if c != ':' && c != '：' {
			continue
		}
		if _, ok := r.Directory.Find(strings.TrimSpace(line[:i])); ok {
			return strings.TrimSpace(line[:i]), strings.TrimSpace(line[i+len(string(c)):]), true
		}
		break
	}
	return "", line, false
}

// chatCode is the tutorial's client, as code.
func chatCode(phone, friends string, lang words.Lang) string {
	return fmt.Sprintf(`while True:
    name = input(%[1]s).strip()
    if name == "quit": break
    if name not in %[4]s: continue
    while True:
        msg = input(%[2]s).strip()
        if msg == "quit": break
        if not msg: continue
        %[3]s.sendto(msg.encode("utf-8"), %[4]s[name])
        data, who = %[3]s.recvfrom(65507)
        print(who, data.decode("utf-8", "backslashreplace"))`, pyText(lang.T("friend: ")), pyText(lang.T("message: ")), phone, friends)
}
