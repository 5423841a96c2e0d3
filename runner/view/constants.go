package view

import (
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// The names of the numbers in calls, as the man pages write them.

func familyName(n int) string {
	switch n {
	case unix.AF_INET:
		return "AF_INET"
	case unix.AF_INET6:
		return "AF_INET6"
	case unix.AF_UNIX:
		return "AF_UNIX"
	}
	return strconv.Itoa(n)
}

func typeName(n int) string {
	switch n {
	case unix.SOCK_STREAM:
		return "SOCK_STREAM"
	case unix.SOCK_DGRAM:
		return "SOCK_DGRAM"
	}
	return strconv.Itoa(n)
}

func howName(n int) string {
	switch n {
	case unix.SHUT_RD:
		return "SHUT_RD"
	case unix.SHUT_WR:
		return "SHUT_WR"
	case unix.SHUT_RDWR:
		return "SHUT_RDWR"
	}
	return strconv.Itoa(n)
}

var socketOptions = map[int]string{
	unix.SO_REUSEADDR: "SO_REUSEADDR", unix.SO_REUSEPORT: "SO_REUSEPORT", unix.SO_KEEPALIVE: "SO_KEEPALIVE",
	unix.SO_LINGER: "SO_LINGER", unix.SO_RCVBUF: "SO_RCVBUF", unix.SO_SNDBUF: "SO_SNDBUF",
	unix.SO_BROADCAST: "SO_BROADCAST", unix.SO_ERROR: "SO_ERROR", unix.SO_TYPE: "SO_TYPE",
	unix.SO_RCVTIMEO: "SO_RCVTIMEO", unix.SO_SNDTIMEO: "SO_SNDTIMEO",
	netlab.PeerCred: "SO_PEERCRED",
}

// messageFlagNames are the flags of send and recv, in strace's order.
var messageFlagNames = []struct {
	bit  int
	name string
}{
	{unix.MSG_OOB, "MSG_OOB"}, {unix.MSG_PEEK, "MSG_PEEK"}, {unix.MSG_DONTROUTE, "MSG_DONTROUTE"},
	{unix.MSG_TRUNC, "MSG_TRUNC"}, {unix.MSG_DONTWAIT, "MSG_DONTWAIT"}, {unix.MSG_WAITALL, "MSG_WAITALL"},
	{unix.MSG_NOSIGNAL, "MSG_NOSIGNAL"},
}

func messageFlags(n int) string {
	var names []string
	for _, f := range messageFlagNames {
		if n&f.bit != 0 {
			names = append(names, f.name)
			n &^= f.bit
		}
	}
	if n != 0 || len(names) == 0 {
		names = append(names, hex(n))
	}
	return strings.Join(names, "|")
}

func hex(n int) string {
	if n == 0 {
		return "0"
	}
	return fmt.Sprintf("%#x", n)
}

func protocolName(n int) string {
	switch n {
	case unix.IPPROTO_IP:
		return "IPPROTO_IP"
	case unix.IPPROTO_TCP:
		return "IPPROTO_TCP"
	case unix.IPPROTO_UDP:
		return "IPPROTO_UDP"
	}
	return strconv.Itoa(n)
}

// straceOption is optionName in strace's words, which has SOL_TCP.
func straceOption(e *netlab.Event) string {
	return strings.Replace(optionName(e.A, e.B), "IPPROTO_", "SOL_", 1)
}

var tcpOptions = map[int]string{
	unix.TCP_NODELAY: "TCP_NODELAY", unix.TCP_MAXSEG: "TCP_MAXSEG", netlab.DeferAccept: "TCP_DEFER_ACCEPT",
}

// optionName is "SOL_SOCKET, SO_REUSEADDR".
func optionName(level, name int) string {
	table, levelName := map[int]string(nil), strconv.Itoa(level)
	switch level {
	case unix.SOL_SOCKET:
		table, levelName = socketOptions, "SOL_SOCKET"
	case unix.IPPROTO_TCP:
		table, levelName = tcpOptions, "IPPROTO_TCP"
	case unix.IPPROTO_IP:
		levelName = "IPPROTO_IP"
	}
	if s, ok := table[name]; ok {
		return levelName + ", " + s
	}
	return fmt.Sprintf("%s, %d", levelName, name)
}
