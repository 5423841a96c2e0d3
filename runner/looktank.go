package runner

import (
	"context"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// tankCommands is the command that shows where bytes are.
func tankCommands() []*Command {
	return []*Command{
		{Name: "tank", Group: Looking, Usage: "tank [NAME] [--json]",
			Summary:  words.F("where the bytes of a socket are: in the kernel, in a file's buffer, taken"),
			Help:     words.F("Without a NAME, of every connected socket that is yours. recv looks into the kernel's queue alone; readline of a makefile reads ahead, into a buffer of its own; write waits there for flush. The room of a queue (SO_RCVBUF, SO_SNDBUF) is memory: it holds fewer bytes than that."),
			complete: completeSocket, run: lookTank},
	}
}

// maxTanks is how many are shown to a person at once.
const maxTanks = 12

func lookTank(_ context.Context, s *Session, a Args) error {
	list, err := s.tanks(a)
	if err != nil {
		return err
	}
	if a.JSON {
		for _, t := range list {
			s.printJSON(tankJSON(t))
		}
		return nil
	}
	left := len(list) - maxTanks
	s.out.Tanks(list[:min(len(list), maxTanks)])
	if left > 0 {
		s.out.Note(words.F("%d more", left))
	}
	return nil
}

// tanks are those of the socket that is named, or of all that can hold bytes
// and are no server's.
func (s *Session) tanks(a Args) ([]netlab.Tank, error) {
	if len(a.Words) > 1 {
		return nil, commands["tank"].usage()
	}
	if len(a.Words) == 1 {
		sock := s.bench.interp.SocketNamed(a.Words[0])
		if sock == nil {
			return nil, &UsageError{Text: words.F("%s is no socket here; there are: %s", a.Words[0], s.socketList())}
		}
		return []netlab.Tank{sock.Tank()}, nil
	}
	var list []netlab.Tank
	for _, i := range openSockets(s.bench.lab) {
		message := isDatagram(i) && !i.Local.IsZero()
		if i.By == netlab.Server || isListening(i) || i.Remote.IsZero() && !message {
			continue
		}
		if sock := s.bench.lab.Find(i.ID); sock != nil {
			list = append(list, sock.Tank())
		}
	}
	return list, nil
}

type tankObject struct {
	FD     int    `json:"fd"`
	Name   string `json:"name"`
	Kind   string `json:"kind"`
	Unread int    `json:"unread"`            // in the kernel, for recv; of messages: of the next one
	Room   *int   `json:"room,omitempty"`    // SO_RCVBUF
	Memory *int   `json:"memory,omitempty"`  // of a queue of messages
	Drops  *int   `json:"dropped,omitempty"` // messages that found no room
	Files  int    `json:"files"`             // of makefile, that are open
	Ahead  int    `json:"ahead"`             // in a file's buffer, for readline
	Taken  int    `json:"taken"`             // by the program
	Unsent int    `json:"unflushed"`         // in a file's buffer, for flush
	Sent   uint64 `json:"sent"`              // given to the kernel
	Out    *int   `json:"queued,omitempty"`  // of those, not acknowledged by the other end
	Send   *int   `json:"send_room,omitempty"`
}

func tankJSON(t netlab.Tank) tankObject {
	known := func(n int) *int {
		if n < 0 {
			return nil
		}
		return &n
	}
	return tankObject{
		FD: t.FD, Name: t.Label, Kind: view.KindName(t.SocketInfo), Unread: t.Unread, Room: known(t.Receive),
		Memory: known(t.Memory), Drops: known(t.Drops), Files: t.Files.Open, Ahead: t.Files.Ahead, Taken: t.Taken(),
		Unsent: t.Files.Unsent, Sent: t.Counts.Out, Out: known(t.Out), Send: known(t.Send),
	}
}
