package runner

import (
	"context"
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// counterHelps say what the kernel's counters count (snmp_counter.rst).
var counterHelps = map[string]words.Text{
	"ActiveOpens":          words.F("connect sent a SYN"),
	"PassiveOpens":         words.F("a listener was called and the handshake ended well"),
	"AttemptFails":         words.F("a handshake came to nothing: refused, or given up"),
	"EstabResets":          words.F("a connection ended by a reset, not by a FIN"),
	"RetransSegs":          words.F("segments that were sent again"),
	"OutRsts":              words.F("resets that went out: nobody listens there, or a close threw bytes away"),
	"ListenOverflows":      words.F("a SYN or the last ACK of a handshake met a full accept queue"),
	"ListenDrops":          words.F("a listener threw a SYN away, for whatever reason; overflows are among them"),
	"TCPReqQFullDoCookies": words.F("the SYN queue was full, and a SYN cookie was sent in place of keeping the caller"),
	"TCPReqQFullDrop":      words.F("the SYN queue was full, and the SYN was thrown away"),
	"SyncookiesSent":       words.F("SYN cookies sent"),
	"SyncookiesRecv":       words.F("SYN cookies that came back: callers who were real"),
	"SyncookiesFailed":     words.F("SYN cookies that came back wrong or too late"),
	"TW":                   words.F("connections that have entered TIME_WAIT"),
	"TCPAbortOnData":       words.F("closed with SO_LINGER (1, 0) or while bytes came in for nobody: a reset"),
	"TCPAbortOnClose":      words.F("closed with bytes unread: a reset in place of a FIN"),
	"UdpInErrors":          words.F("datagrams that came and were lost, for whatever reason"),
	"UdpRcvbufErrors":      words.F("datagrams lost because the receive buffer was full"),
}

// limitHelps say what the kernel's settings do (ip-sysctl.rst).
var limitHelps = map[string]words.Text{
	"net.core.somaxconn":           words.F("the most that listen(N) gets: a larger backlog is cut to this"),
	"net.ipv4.tcp_max_syn_backlog": words.F("with SYN cookies off a second limit on half-open connections: callers not known yet get three quarters of it. The backlog of listen limits them in any case"),
	"net.ipv4.tcp_syncookies":      words.F("1: with a full SYN queue the kernel answers with cookies and keeps nothing; 0: it throws the SYN away"),
	"net.ipv4.ip_local_port_range": words.F("the ports that callers get which did not bind"),
	"net.ipv4.tcp_fin_timeout":     words.F("how long a closed socket stays in FIN_WAIT2 waiting for the other end's FIN. It does NOT shorten TIME_WAIT, which lasts 60 s"),
	"net.ipv4.tcp_tw_reuse":        words.F("whether connect may take a port over from TIME_WAIT (1: yes, 2: on loopback alone). It does NOT shorten TIME_WAIT, and it does not help bind"),
	"net.ipv4.tcp_max_tw_buckets":  words.F("the most connections in TIME_WAIT; beyond it the kernel drops them at once"),
}

type counterObject struct {
	Counter string  `json:"counter,omitempty"`
	Limit   string  `json:"limit,omitempty"`
	Value   any     `json:"value"`
	Change  *uint64 `json:"change,omitempty"` // since the step began
	About   string  `json:"about"`
}

func lookCounters(_ context.Context, s *Session, a Args) error {
	all := len(a.Words) == 1 && a.Words[0] == "all"
	if len(a.Words) > 0 && !all {
		return commands["counters"].usage()
	}
	list, err := kernel.ReadCounters()
	if err != nil {
		s.out.Paragraph(words.F("This system shows neither counters nor settings of its network. `socklab doctor` tells what would help."))
		return nil
	}
	limits, _ := kernel.ReadLimits()
	changes := s.bench.changed(list)
	if a.JSON {
		s.printCounters(list, changes, limits, all)
		return nil
	}
	s.showCounters(list, changes, all)
	s.out.Blank()
	s.out.Label(words.F("The kernel's settings"))
	rows := make([]view.CounterRow, len(limits))
	for i, l := range limits {
		rows[i] = view.CounterRow{Name: l.Name, Value: orQuestion(l.Value), About: limitHelps[l.Name]}
	}
	s.out.CounterRows(rows)
	return nil
}

func (s *Session) showCounters(list []kernel.Counter, changes map[string]uint64, all bool) {
	var rows []view.CounterRow
	for _, c := range list {
		value := fmt.Sprintf("+%d", changes[c.Name])
		if all {
			value = fmt.Sprintf("%d (+%d)", c.Value, changes[c.Name])
		}
		if all || changes[c.Name] > 0 {
			rows = append(rows, view.CounterRow{Name: c.Name, Value: value, About: counterHelps[c.Name]})
		}
	}
	if len(rows) == 0 {
		s.out.Paragraph(words.F("None of the counters has changed since the step began; `counters all` shows them."))
		return
	}
	s.out.Label(words.F("Counted on this machine since the step began, by whatever program"))
	s.out.CounterRows(rows)
}

func (s *Session) printCounters(list []kernel.Counter, changes map[string]uint64, limits []kernel.Limit, all bool) {
	for _, c := range list {
		if change := changes[c.Name]; all || change > 0 {
			s.printJSON(counterObject{Counter: c.Name, Value: c.Value, Change: &change, About: s.out.Say(counterHelps[c.Name])})
		}
	}
	for _, l := range limits {
		s.printJSON(counterObject{Limit: l.Name, Value: l.Value, About: s.out.Say(limitHelps[l.Name])})
	}
}

// changed is by how much each counter has grown since the lab was made.
func (b *bench) changed(now []kernel.Counter) map[string]uint64 {
	grown := make(map[string]uint64, len(now))
	for _, c := range now {
		grown[c.Name] = c.Value
	}
	for _, c := range b.counters {
		if grown[c.Name] >= c.Value {
			grown[c.Name] -= c.Value
		}
	}
	return grown
}

func orQuestion(s string) string {
	if strings.TrimSpace(s) == "" {
		return "?"
	}
	return s
}
