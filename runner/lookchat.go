package runner

import (
	"context"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// chatLookCommands are the commands that show what was said by datagrams.
func chatLookCommands() []*Command {
	return []*Command{
		{Name: "conversations", Group: Looking, Usage: "conversations [--json]",
			Summary: words.F("who talked to whom by datagrams, how often, what last, and what was lost"),
			Help:    words.F("Names are those of your directory, or of the servers and sockets that have the addresses; an address that is nobody's here is marked unknown."),
			run:     lookConversations},
	}
}

// maxConversations is how many are shown to a person: a flood may come from
// thousands of ports.
const maxConversations = 30

func lookConversations(ctx context.Context, s *Session, a Args) error {
	events, _, forgotten := s.bench.lab.Journal().Since(netlab.Mark{})
	sockets := view.SocketsOf(s.bench.lab.Sockets())
	names := map[netlab.Addr]string{}
	for _, srv := range s.bench.net.Servers() {
		names[srv.Addr()] = srv.Name()
	}
	if dirs := s.directories(ctx); len(dirs) > 0 {
		for _, f := range dirs[0].Friends() {
			names[f.Addr] = f.Name
		}
	}
	list := view.BuildConversations(events, sockets, names)
	losses := s.losses(names)
	if a.JSON {
		for i := range list {
			s.printJSON(conversationJSON(&list[i], losses))
		}
		return nil
	}
	if len(list) == 0 {
		s.out.Paragraph(words.F("No datagram was sent or taken yet. `serve chat-friend name=amy`, then `chat`."))
		return nil
	}
	more := len(list) - maxConversations
	s.out.Conversations(list[:min(len(list), maxConversations)], losses)
	if more > 0 {
		s.out.Note(words.F("%d conversations more", more))
	}
	if forgotten > 0 {
		s.out.Note(words.F("%d earlier calls are not shown", forgotten))
	}
	return nil
}

// losses asks the kernel what it has dropped at the lab's UDP sockets.
func (s *Session) losses(names map[netlab.Addr]string) []view.Loss {
	var list []view.Loss
	for _, info := range openSockets(s.bench.lab) {
		sock := s.bench.lab.Find(info.ID)
		if sock == nil || info.Type != unix.SOCK_DGRAM || info.Family == unix.AF_UNIX {
			continue
		}
		if n, ok := chat.Drops(sock); ok && n > 0 {
			name := names[info.Local]
			if name == "" {
				name = info.Label
			}
			list = append(list, view.Loss{Speaker: view.Speaker{Addr: info.Local, Name: name}, Count: n})
		}
	}
	return list
}

type speakerObject struct {
	Address string `json:"address"`
	Name    string `json:"name,omitempty"`
	Unknown bool   `json:"unknown"`
	Sent    *int   `json:"sent,omitempty"`  // messages it sent to the other
	Taken   *int   `json:"taken,omitempty"` // of the other's messages
	Dropped int    `json:"dropped"`         // at its socket, whoever sent them
}

type conversationObject struct {
	Between  [2]speakerObject `json:"between"`
	Last     string           `json:"last"`
	LastHex  string           `json:"last_hex"`
	LastFrom string           `json:"last_from"`
}

func conversationJSON(c *view.Conversation, losses []view.Loss) conversationObject {
	o := conversationObject{
		Between: [2]speakerObject{
			speakerJSON(c.A, c.There.Sent, c.Back.Taken, losses),
			speakerJSON(c.B, c.Back.Sent, c.There.Taken, losses),
		},
		Last: view.Clean(string(c.Last)), LastHex: hexText(c.Last), LastFrom: c.A.Addr.String(),
	}
	if c.LastBack {
		o.LastFrom = c.B.Addr.String()
	}
	return o
}

func speakerJSON(p view.Speaker, sent, taken int, losses []view.Loss) speakerObject {
	o := speakerObject{Address: p.Addr.String(), Name: p.Name, Unknown: p.Name == ""}
	if sent >= 0 {
		o.Sent = &sent
	}
	if taken >= 0 {
		o.Taken = &taken
	}
	for _, l := range losses {
		if l.Speaker.Addr.Port == p.Addr.Port && (l.Speaker.Addr == p.Addr || l.Speaker.Addr.IP.IsUnspecified()) {
			o.Dropped = l.Count
		}
	}
	return o
}
