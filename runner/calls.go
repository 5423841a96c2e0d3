package runner

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/socklab/socklab/runner/words"
)

// callCommands are the commands that stand for a line of code.
func callCommands() []*Command {
	return []*Command{
		{Name: "socket", Group: Calls, Usage: "socket [tcp|udp|unix] [NAME]",
			Summary: words.F("makes a socket: buys a phone"), expand: expandSocket},
		{Name: "bind", Group: Calls, Usage: "[NAME.]bind HOST:PORT | :PORT",
			Summary: words.F("gives the socket an address: puts in the SIM card"),
			Help:    words.F("`bind :8080` is 127.0.0.1:8080; port 0 lets the kernel choose. A socket is made if there is none without an address."), expand: expandBind},
		{Name: "listen", Group: Calls, Usage: "[NAME.]listen [BACKLOG]",
			Summary: words.F("lets callers queue up: switches the phone on"), expand: expandListen},
		{Name: "accept", Group: Calls, Usage: "[NAME.]accept",
			Summary: words.F("takes the next caller, on a new socket"), expand: expandAccept},
		{Name: "connect", Group: Calls, Usage: "[NAME.]connect HOST:PORT | :PORT | SERVER",
			Summary:  words.F("dials"),
			Help:     words.F("`connect echo` dials the server called echo. A socket is made if there is none that is free; towards a server that takes datagrams it is a UDP socket."),
			complete: completeAddress, expand: expandConnect("connect")},
		{Name: "connect_ex", Group: Calls, Usage: "[NAME.]connect_ex HOST:PORT | :PORT | SERVER",
			Summary: words.F("dials, and gives the errno instead of an error"), complete: completeAddress, expand: expandConnect("connect_ex")},
		{Name: "send", Group: Calls, Usage: "[NAME.]send TEXT",
			Summary: words.F("sends the text as it stands; quotes make it a literal"),
			Help:    words.F("`send hi` sends two bytes. `send \"hi\\n\"` is read as a literal, so \\n is a newline. One send(2), which may take less than it is given."), expand: expandSend("send")},
		{Name: "sendall", Group: Calls, Usage: "[NAME.]sendall TEXT",
			Summary: words.F("sends until all of the text is out"), expand: expandSend("sendall")},
		{Name: "recv", Group: Calls, Usage: "[NAME.]recv [SIZE]",
			Summary: words.F("reads what has arrived, at most SIZE bytes (1024)"), expand: expandRecv("recv")},
		{Name: "sendto", Group: Calls, Usage: "[NAME.]sendto HOST:PORT | SERVER TEXT",
			Summary: words.F("sends a datagram to an address"), complete: completeAddress, expand: expandSendto},
		{Name: "recvfrom", Group: Calls, Usage: "[NAME.]recvfrom [SIZE]",
			Summary: words.F("takes a datagram and its sender's address"), expand: expandRecv("recvfrom")},
		{Name: "shutdown", Group: Calls, Usage: "[NAME.]shutdown [rd|wr|rdwr]",
			Summary: words.F("closes one direction (wr) or both"), expand: expandShutdown},
		{Name: "close", Group: Calls, Usage: "[NAME.]close",
			Summary: words.F("hangs up"), expand: expandSimple("close")},
		{Name: "getsockname", Group: Calls, Usage: "[NAME.]getsockname",
			Summary: words.F("the address of this end"), expand: expandSimple("getsockname")},
		{Name: "getpeername", Group: Calls, Usage: "[NAME.]getpeername",
			Summary: words.F("the address of the other end"), expand: expandSimple("getpeername")},
		{Name: "setsockopt", Group: Calls, Usage: "[NAME.]setsockopt OPTION VALUE [SECONDS]",
			Summary: words.F("sets an option: reuseaddr, nodelay, rcvbuf, …"), complete: completeOption, expand: expandSetsockopt},
		{Name: "getsockopt", Group: Calls, Usage: "[NAME.]getsockopt OPTION",
			Summary: words.F("reads an option"), complete: completeOption, expand: expandGetsockopt},
		{Name: "settimeout", Group: Calls, Usage: "[NAME.]settimeout SECONDS | none",
			Summary: words.F("how long each call may wait; none: for ever"), expand: expandSettimeout},
		{Name: "setblocking", Group: Calls, Usage: "[NAME.]setblocking true|false",
			Summary: words.F("whether calls wait at all"), expand: expandSetblocking},
		{Name: "fileno", Group: Calls, Usage: "[NAME.]fileno",
			Summary: words.F("the number of the descriptor"), expand: expandSimple("fileno")},
		{Name: "talk", Group: Calls, Usage: "[NAME.]talk",
			Summary: words.F("a conversation: each line is sent, each answer printed; quit leaves"), expand: expandTalk},
		{Name: "serve", Group: Calls, Usage: "serve KIND [OPTION=VALUE …]",
			Summary:  words.F("starts one of the lab's servers beside you"),
			Help:     words.F("`servers` lists those that run, `help serve` their kinds and options."),
			complete: completeKind, expand: expandServe},
	}
}

func expandSimple(call string) func(*Session, Args) (string, error) {
	return func(s *Session, a Args) (string, error) {
		name, err := s.pick(call, a.Target, isOpen)
		return name + "." + call + "()", err
	}
}

func expandSocket(s *Session, a Args) (string, error) {
	kind, name := "tcp", ""
	for _, w := range a.Words {
		if w == "tcp" || w == "udp" || w == "unix" {
			kind = w
		} else {
			name = w
		}
	}
	if name == "" {
		name = s.freeName("phone")
	}
	if !isName(name) || len(a.Words) > 2 {
		return "", commands["socket"].usage()
	}
	return newSocketCode(name, kind), nil
}

// newSocketCode makes a socket of a kind: tcp, tcp6, udp, udp6 or unix.
func newSocketCode(name, kind string) string {
	family, typ := "AF_INET", "SOCK_STREAM"
	if strings.HasSuffix(kind, "6") {
		family, kind = "AF_INET6", strings.TrimSuffix(kind, "6")
	}
	switch kind {
	case "udp":
		typ = "SOCK_DGRAM"
	case "unix":
		family = "AF_UNIX"
	}
	return fmt.Sprintf("%s = socket.socket(socket.%s, socket.%s)", name, family, typ)
}

func expandBind(s *Session, a Args) (string, error) {
	addr, err := s.addressCode(commands["bind"], a.Text)
	if err != nil {
		return "", err
	}
	name, before, err := s.freshSocket("bind", a.Target, addr, isUnbound)
	return before + name + ".bind(" + addr + ")", err
}

func expandConnect(call string) func(*Session, Args) (string, error) {
	return func(s *Session, a Args) (string, error) {
		addr, err := s.addressCode(commands[call], a.Text)
		if err != nil {
			return "", err
		}
		fresh, fits := s.freshSocket, isUnbound
		if s.datagramServer(a.Text) {
			fresh, fits = s.freshDatagram, isFree // a UDP socket may have its port already
		}
		name, before, err := fresh(call, a.Target, addr, fits)
		return before + name + "." + call + "(" + addr + ")", err
	}
}

func expandListen(s *Session, a Args) (string, error) {
	backlog := 5
	if a.Text != "" {
		n, err := strconv.Atoi(a.Text)
		if err != nil {
			return "", commands["listen"].usage()
		}
		backlog = n
	}
	name, err := s.pick("listen", a.Target, isBound)
	return fmt.Sprintf("%s.listen(%d)", name, backlog), err
}

func expandAccept(s *Session, a Args) (string, error) {
	name, err := s.pick("accept", a.Target, isListening)
	if err != nil {
		return "", err
	}
	conn := s.freeName("conn")
	return fmt.Sprintf("%s, addr%s = %s.accept()", conn, strings.TrimPrefix(conn, "conn"), name), nil
}

func expandSend(call string) func(*Session, Args) (string, error) {
	return func(s *Session, a Args) (string, error) {
		name, err := s.pick(call, a.Target, isConnected)
		if err != nil {
			return "", err
		}
		if isName(a.Text) && s.bench.interp.Bound(a.Text) {
			s.out.Note(words.F("this sends the text %[1]s; the variable is %[2]s.%[3]s(%[1]s)", a.Text, name, call))
		}
		if _, quoted := literal(a.Text); !quoted && strings.Contains(a.Text, `\`) {
			s.out.Note(words.F("sent as it stands: in quotes, \\n would be a line end"))
		}
		return name + "." + call + "(" + bytesCode(a.Text) + ")", nil
	}
}

func expandRecv(call string) func(*Session, Args) (string, error) {
	return func(s *Session, a Args) (string, error) {
		size := 1024
		if a.Text != "" {
			n, err := strconv.Atoi(a.Text)
			if err != nil {
				return "", commands[call].usage()
			}
			size = n
		}
		fits := isConnected
		if call == "recvfrom" {
			fits = isDatagram
		}
		name, err := s.pick(call, a.Target, fits)
		return fmt.Sprintf("%s.%s(%d)", name, call, size), err
	}
}

func expandSendto(s *Session, a Args) (string, error) {
	addr, text, ok := strings.Cut(a.Text, " ")
	if !ok {
		return "", commands["sendto"].usage()
	}
	to, err := s.addressCode(commands["sendto"], addr)
	if err != nil {
		return "", err
	}
	before := ""
	name, err := s.pick("sendto", a.Target, isDatagram)
	if a.Target == "" && (err != nil || !isDatagram(s.bench.interp.SocketNamed(name).Info())) {
		name = s.freeName("phone")
		before, err = newSocketCode(name, "udp")+"\n", nil
	}
	return before + fmt.Sprintf("%s.sendto(%s, %s)", name, bytesCode(strings.TrimSpace(text)), to), err
}

func expandShutdown(s *Session, a Args) (string, error) {
	how := map[string]string{"": "SHUT_WR", "wr": "SHUT_WR", "rd": "SHUT_RD", "rdwr": "SHUT_RDWR"}[strings.ToLower(a.Text)]
	if how == "" {
		return "", commands["shutdown"].usage()
	}
	name, err := s.pick("shutdown", a.Target, isConnected)
	return name + ".shutdown(socket." + how + ")", err
}

func expandSettimeout(s *Session, a Args) (string, error) {
	value := a.Text
	if strings.EqualFold(value, "none") {
		value = "None"
	} else if _, err := strconv.ParseFloat(value, 64); err != nil {
		return "", commands["settimeout"].usage()
	}
	name, err := s.pick("settimeout", a.Target, isOpen)
	return name + ".settimeout(" + value + ")", err
}

func expandSetblocking(s *Session, a Args) (string, error) {
	value := map[string]string{"true": "True", "1": "True", "on": "True", "false": "False", "0": "False", "off": "False"}[strings.ToLower(a.Text)]
	if value == "" {
		return "", commands["setblocking"].usage()
	}
	name, err := s.pick("setblocking", a.Target, isOpen)
	return name + ".setblocking(" + value + ")", err
}

// expandTalk stands for the client's loop of the tutorial.
func expandTalk(s *Session, a Args) (string, error) {
	name, err := s.pick("talk", a.Target, isConnected)
	return talkCode(name, s.lang()), err
}

func expandServe(_ *Session, a Args) (string, error) {
	if len(a.Words) == 0 {
		return "", commands["serve"].usage()
	}
	name := strings.ReplaceAll(a.Words[0], "-", "_")
	args := []string{pyText(a.Words[0])}
	for _, w := range a.Words[1:] {
		option, value, ok := strings.Cut(w, "=")
		if !ok {
			return "", commands["serve"].usage()
		}
		if option == "name" && isName(value) {
			name = value
			continue
		}
		args = append(args, option+"="+pyValue(value))
	}
	if !isName(name) {
		return "", commands["serve"].usage()
	}
	return fmt.Sprintf("%s = serve(%s)", name, strings.Join(args, ", ")), nil
}
