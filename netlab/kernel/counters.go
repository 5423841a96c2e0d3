package kernel

import (
	"bufio"
	"io"
	"strconv"
	"strings"
)

// A Counter is one number that the kernel counts for the machine, or for the
// network namespace, since it started (snmp_counter.rst).
type Counter struct {
	Name  string
	Value uint64
}

// counterNames are the counters that speak of what the lessons teach.
var counterNames = []string{
	"ActiveOpens", "PassiveOpens", "AttemptFails", "EstabResets", "RetransSegs", "OutRsts",
	"ListenOverflows", "ListenDrops", "TCPReqQFullDoCookies", "TCPReqQFullDrop",
	"SyncookiesSent", "SyncookiesRecv", "SyncookiesFailed", "TW", "TCPAbortOnData", "TCPAbortOnClose",
	"UdpInErrors", "UdpRcvbufErrors",
}

// A Limit is a setting of the kernel (ip-sysctl.rst); Value is "" where it
// cannot be read.
type Limit struct{ Name, Value string }

// limitNames are the settings that the lessons speak of.
var limitNames = []string{
	"net.core.somaxconn", "net.ipv4.tcp_max_syn_backlog", "net.ipv4.tcp_syncookies",
	"net.ipv4.ip_local_port_range", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_tw_reuse",
	"net.ipv4.tcp_max_tw_buckets",
}

// parseCounters reads pairs of lines, "TcpExt: names" and "TcpExt: numbers".
// Of UDP's the names have UDP in front, since TCP has the same ones.
func parseCounters(r io.Reader) map[string]uint64 {
	all := map[string]uint64{}
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		names := strings.Fields(lines.Text())
		if !lines.Scan() {
			break
		}
		values := strings.Fields(lines.Text())
		if len(names) != len(values) || len(names) == 0 || names[0] != values[0] {
			continue
		}
		if names[0] != "Tcp:" && names[0] != "TcpExt:" && names[0] != "Udp:" {
			continue
		}
		prefix := ""
		if names[0] == "Udp:" {
			prefix = "Udp"
		}
		for i := 1; i < len(names); i++ {
			if n, err := strconv.ParseUint(values[i], 10, 64); err == nil {
				all[prefix+names[i]] = n
			}
		}
	}
	return all
}
