package runner

import (
	"context"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"

	"golang.org/x/term"
)

// A Finding is what the doctor says of one thing.
type Finding struct {
	ID     string
	OK     bool
	Needed bool // the lessons cannot be walked without it
	What   words.Text
	Remedy words.Text
}

// FindingObject is a Finding for scripts.
type FindingObject struct {
	ID     string `json:"id"`
	OK     bool   `json:"ok"`
	Needed bool   `json:"needed"`
	What   string `json:"what"`
	Remedy string `json:"remedy,omitempty"`
}

// Object is the finding in a language.
func (f Finding) Object(l words.Lang) FindingObject {
	return FindingObject{f.ID, f.OK, f.Needed, f.What.In(l), f.Remedy.In(l)}
}

// Doctor tries out what the lessons use and says what this machine permits.
func Doctor(progressPath string, notices []words.Text, in, out *os.File) []Finding {
	return []Finding{
		loopback(), tcpInfo(), sockDiag(), procNet(), counters(), ipv6(), lowPorts(), terminal(in, out), progressFile(progressPath, notices),
	}
}

// loopback makes a connection to itself on 127.0.0.1.
func loopback() Finding {
	f := Finding{
		ID: "loopback", Needed: true, What: words.F("TCP on 127.0.0.1"),
		Remedy: words.F("bring the loopback interface up: ip link set lo up"),
	}
	_, f.OK = connected(unix.AF_INET, netlab.Loopback(0))
	return f
}

// connected reports whether a socket can call another of this machine, and
// what the kernel then counts for the caller.
func connected(family int, addr netlab.Addr) (kernel.TCPInfo, bool) {
	lab := netlab.New()
	defer lab.Close()
	ctx := context.Background()
	ln, err := lab.Socket(family, unix.SOCK_STREAM, 0, netlab.Lesson)
	if err != nil || ln.Bind(ctx, addr) != nil || ln.Listen(ctx, 1) != nil {
		return kernel.TCPInfo{}, false
	}
	to, err := ln.Getsockname(ctx)
	if err != nil {
		return kernel.TCPInfo{}, false
	}
	caller, err := lab.Socket(family, unix.SOCK_STREAM, 0, netlab.Lesson)
	if err != nil || caller.Connect(ctx, to) != nil {
		return kernel.TCPInfo{}, false
	}
	info, _ := caller.TCPInfo()
	return info, true
}

func tcpInfo() Finding {
	info, ok := connected(unix.AF_INET, netlab.Loopback(0))
	return Finding{
		ID: "tcp-info", OK: ok && info.SegsOut > 0,
		What:   words.F("the kernel's states and segment counters (TCP_INFO)"),
		Remedy: words.F("they need Linux itself; without them states are not shown, and the lessons still run"),
	}
}

// sockDiag is the table that `states` and the facts about states read.
func sockDiag() Finding {
	err := kernel.Works(kernel.SockDiag)
	return Finding{
		ID: "sock-diag", OK: err == nil, What: words.F("the kernel's table of sockets, filtered by the kernel (sock_diag)"),
		Remedy: words.F("needs Linux 4.2 or later and a sandbox that permits AF_NETLINK sockets; /proc/net is read instead, which is slower and does not show sockets that are bound without listening"),
	}
}

// procNet is the same table as text: the second choice.
func procNet() Finding {
	err := kernel.Works(kernel.ProcNet)
	return Finding{
		ID: "proc-net", OK: err == nil, What: words.F("the same table as text (/proc/net/tcp)"),
		Remedy: words.F("mount /proc, or use a real Linux kernel (not WSL1, not gVisor); without either table TIME_WAIT cannot be shown, facts about states are not asked for, and the lessons still run"),
	}
}

func counters() Finding {
	list, err := kernel.ReadCounters()
	return Finding{
		ID: "counters", OK: err == nil && len(list) > 0, What: words.F("what the kernel counts for the machine (/proc/net/netstat)"),
		Remedy: words.F("mount /proc; without it `counters` has nothing to show"),
	}
}

func ipv6() Finding {
	addr, err := netlab.ParseAddr("[::1]:0")
	_, ok := connected(unix.AF_INET6, addr)
	return Finding{
		ID: "ipv6", OK: err == nil && ok, What: words.F("IPv6 on ::1"),
		Remedy: words.F("not needed: the lessons use 127.0.0.1"),
	}
}

// lowPorts tells who may bind a port below 1024: it decides what the error of
// lesson 2 looks like.
func lowPorts() Finding {
	errno := netlab.TryBind(netlab.Loopback(1023), true)
	f := Finding{ID: "low-ports", OK: errno == unix.EACCES || errno == unix.EPERM}
	f.What = words.F("ports below 1024 are kept for the system")
	f.Remedy = words.F("you are root, or net.ipv4.ip_unprivileged_port_start is low: binding them will succeed here")
	return f
}

func terminal(in, out *os.File) Finding {
	return Finding{
		ID: "terminal", OK: term.IsTerminal(int(in.Fd())) && term.IsTerminal(int(out.Fd())) && os.Getenv("TERM") != "dumb",
		What:   words.F("a terminal with line editing"),
		Remedy: words.F("plain lines are used: everything works, without completion"),
	}
}

func progressFile(path string, notices []words.Text) Finding {
	f := Finding{ID: "progress", What: words.F("progress is kept in %s", path)}
	if len(notices) > 0 {
		f.Remedy = notices[0]
		return f
	}
	f.Remedy = words.F("make the folder writable: %s", filepath.Dir(path))
	err := os.MkdirAll(filepath.Dir(path), 0o700)
	if err == nil {
		err = unix.Access(filepath.Dir(path), unix.W_OK)
	}
	f.OK = path != "" && err == nil
	return f
}
