package runner

import (
	"context"
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/words"
)

// chatKind is the kind of servers that one chats with.
const chatKind = "chat-friend"

// A labDirectory is a directory and the variable that holds it; "" if none
// does yet.
type labDirectory struct {
	*chat.Directory
	variable string
}

// usualNames are what a directory is called most often; these are looked at
// first.
var usualNames = []string{"friends", "directory"}

// directories lists those of the lab: the dictionaries from names to addresses
// that somebody has made, then the servers that chat.
func (s *Session) directories(ctx context.Context) []labDirectory {
	names := s.bench.interp.Learned()
	sort.SliceStable(names, func(a, b int) bool { return usual(names[a]) < usual(names[b]) })
	var list []labDirectory
	for _, name := range names {
		v, ok := s.bench.interp.Get(name)
		if !ok || v.Type() != "dict" {
			continue
		}
		if friends := s.friendsIn(ctx, name); len(friends) > 0 && name != s.bench.friends {
			list = append(list, labDirectory{chat.NewDirectory(friends), name})
		}
	}
	var friends []chat.Friend
	for _, srv := range s.bench.net.Servers() {
		if srv.Kind == chatKind {
			friends = append(friends, chat.Friend{Name: srv.Name(), Addr: srv.Addr()})
		}
	}
	if len(friends) > 0 {
		list = append(list, labDirectory{chat.NewDirectory(friends), ""})
	}
	return list
}

func usual(name string) int {
	for i, u := range usualNames {
		if name == u {
			return i
		}
	}
	return len(usualNames)
}

// friendsIn reads a dictionary from names to (host, port); nothing if it is
// one of something else.
func (s *Session) friendsIn(ctx context.Context, variable string) []chat.Friend {
	text, err := s.bench.interp.BytesOf(ctx, fmt.Sprintf(`"\n".join(["%%s\t%%s\t%%d" %% (n, %[1]s[n][0], %[1]s[n][1]) for n in %[1]s])`, variable))
	if err != nil {
		return nil
	}
	var list []chat.Friend
	for _, line := range strings.Split(string(text), "\n") {
		fields := strings.Split(line, "\t")
		if len(fields) != 3 || fields[0] == "" || !chat.CheckName(fields[0]).Empty() {
			continue
		}
		ip, err := netlab.ParseHost(fields[1])
		port, bad := strconv.ParseUint(fields[2], 10, 16)
		if err == nil && bad == nil && port > 0 {
			list = append(list, chat.Friend{Name: fields[0], Addr: netlab.InetAddr(ip, int(port))})
		}
	}
	return list
}

// directoryFor is the first directory that has the friend, or the first of all
// if none is named.
func (s *Session) directoryFor(ctx context.Context, friend string) (labDirectory, error) {
	list := s.directories(ctx)
	if len(list) == 0 {
		return labDirectory{}, &UsageError{Text: words.F("there is nobody to chat with; this makes a friend:"), Usage: "serve chat-friend name=amy"}
	}
	if friend == "" {
		return list[0], nil
	}
	for _, d := range list {
		if _, ok := d.Find(friend); ok {
			return d, nil
		}
	}
	names := strings.Join(list[0].Names(), ", ")
	if near := list[0].Nearest(friend); near != "" {
		return labDirectory{}, &UsageError{Text: words.F("there is nobody called %s; did you mean %s? There are: %s", friend, near, names)}
	}
	return labDirectory{}, &UsageError{Text: words.F("there is nobody called %s; there are: %s", friend, names)}
}

// friendsVariable is the name of the directory in code: one that the learner
// has not given to something else.
func (s *Session) friendsVariable() string {
	if s.bench.friends == "" {
		name := "friends"
		for n := 2; s.bench.interp.Bound(name); n++ {
			name = "friends" + strconv.Itoa(n)
		}
		s.bench.friends = name
	}
	return s.bench.friends
}

// friendsCode is the directory as the tutorial writes it.
func friendsCode(d labDirectory) string {
	var items []string
	for _, f := range d.Friends() {
		items = append(items, pyText(f.Name)+": "+tupleCode(f.Addr))
	}
	return d.variable + " = {" + strings.Join(items, ", ") + "}"
}
