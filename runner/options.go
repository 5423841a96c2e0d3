package runner

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

// shortOptions are the options that commands know by a short name.
var shortOptions = []string{
	"reuseaddr", "reuseport", "nodelay", "keepalive", "rcvbuf", "sndbuf", "linger", "defer_accept", "broadcast", "error", "type",
}

// optionCode writes an option's level and name: reuseaddr, SO_REUSEADDR and
// TCP_NODELAY are all understood.
func optionCode(name string) string {
	name = strings.ToUpper(name)
	switch {
	case name == "NODELAY" || name == "MAXSEG" || name == "DEFER_ACCEPT":
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
	if len(a.Words) < 2 || !isName(a.Words[0]) {
		return "", commands["setsockopt"].usage()
	}
	value := a.Words[1]
	switch option := strings.ToLower(strings.TrimPrefix(strings.ToUpper(a.Words[0]), "SO_")); {
	case option == "linger" && len(a.Words) == 3: // struct linger: on or off, seconds
		on, err1 := strconv.ParseInt(a.Words[1], 0, 32)
		seconds, err2 := strconv.ParseInt(a.Words[2], 0, 32)
		if err1 != nil || err2 != nil {
			return "", commands["setsockopt"].usage()
		}
		value = lingerCode(on, seconds)
	case option == "linger":
		return "", &UsageError{Text: words.F("linger takes two numbers, on or off and the seconds:"), Usage: "setsockopt linger 1 0"}
	case len(a.Words) != 2:
		return "", commands["setsockopt"].usage()
	}
	name, err := s.pick("setsockopt", a.Target, isOpen)
	return fmt.Sprintf("%s.setsockopt(%s, %s)", name, optionCode(a.Words[0]), value), err
}

// lingerCode makes struct linger of socket(7): two ints, on or off and seconds.
func lingerCode(on, seconds int64) string {
	return fmt.Sprintf("struct.pack(%s, %d, %d)", pyText("ii"), on, seconds)
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
