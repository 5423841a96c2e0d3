package runner

import (
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/server"
)

// shortOptions are the options that commands know by a short name.
var shortOptions = []string{
	"reuseaddr", "reuseport", "nodelay", "keepalive", "rcvbuf", "sndbuf", "linger", "broadcast", "error", "type",
}

// optionCode writes an option's level and name: reuseaddr, SO_REUSEADDR and
// TCP_NODELAY are all understood.
func optionCode(name string) string {
	name = strings.ToUpper(name)
	switch {
	case name == "NODELAY" || name == "MAXSEG":
		name = "TCP_" + name
	case !strings.Contains(name, "_"):
		name = "SO_" + name
	}
	if strings.HasPrefix(name, "TCP_") {
		return "socket.IPPROTO_TCP, socket." + name
	}
	return "socket.SOL_SOCKET, socket." + name
}

func expandSetsockopt(s *Session, a Args) (string, error) {
	if len(a.Words) != 2 || !isName(a.Words[0]) {
		return "", commands["setsockopt"].usage()
	}
	name, err := s.pick("setsockopt", a.Target, isOpen)
	return fmt.Sprintf("%s.setsockopt(%s, %s)", name, optionCode(a.Words[0]), a.Words[1]), err
}

func expandGetsockopt(s *Session, a Args) (string, error) {
	if len(a.Words) != 1 || !isName(a.Words[0]) {
		return "", commands["getsockopt"].usage()
	}
	name, err := s.pick("getsockopt", a.Target, isOpen)
	return fmt.Sprintf("%s.getsockopt(%s)", name, optionCode(a.Words[0])), err
}

// What may stand behind a command, for completion.

func completeOption(*Session, string) []string { return shortOptions }

func completeAddress(s *Session, _ string) []string {
	var list []string
	for _, srv := range s.bench.net.Servers() {
		list = append(list, srv.Name(), srv.Addr().String())
	}
	return list
}

func completeKind(_ *Session, before string) []string {
	var list []string
	words := strings.Fields(before)
	if len(words) >= 2 {
		if k, ok := server.Find(words[1]); ok {
			for _, o := range k.AllOptions() {
				list = append(list, o.Name+"=")
			}
			return list
		}
	}
	for _, k := range server.Kinds() {
		list = append(list, k.Name)
	}
	return list
}

func completeSocket(s *Session, _ string) []string { return s.bench.interp.SocketNames() }
