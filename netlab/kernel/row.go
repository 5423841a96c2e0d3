package kernel

import (
	"encoding/hex"
	"math"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Row is one TCP socket in the kernel's table, whoever owns it.
type Row struct {
	State         State
	Local, Remote netip.AddrPort // IPv4 as such, also on an IPv6 socket
	Left          time.Duration  // TIME_WAIT: until the kernel forgets the connection
	UID           int            // of the owner; in TIME_WAIT there is none and it is 0
	Inode         uint64         // 0: no process has it (TIME_WAIT, not accepted yet, orphan)
}

// userHz is the unit of the times in /proc: a hundredth of a second on every
// system of today (USER_HZ).
const userHz = 100

// parseRow reads one line of /proc/net/tcp; the heading is none.
func parseRow(line string) (Row, bool) {
	f := strings.Fields(line)
	if len(f) < 10 {
		return Row{}, false
	}
	var r Row
	var ok1, ok2 bool
	r.Local, ok1 = hexAddr(f[1])
	r.Remote, ok2 = hexAddr(f[2])
	state, err := strconv.ParseUint(f[3], 16, 8)
	if state == newSynRecv {
		state = uint64(SynRecv)
	}
	if !ok1 || !ok2 || err != nil || state == 0 || int(state) >= len(stateNames) {
		return Row{}, false
	}
	r.State = State(state)
	if kind, when, ok := strings.Cut(f[5], ":"); ok && kind == "03" {
		if n, err := strconv.ParseUint(when, 16, 64); err == nil && n < math.MaxInt32 {
			r.Left = time.Duration(n) * time.Second / userHz
		}
	}
	r.UID, _ = strconv.Atoi(f[7])
	r.Inode, _ = strconv.ParseUint(f[9], 10, 64)
	return r, true
}

// newSynRecv is TCP_NEW_SYN_RECV of tcp_states.h: a request not answered yet.
const newSynRecv = 12

// hexAddr reads "0100007F:1F90": words of four bytes in the machine's order,
// which is taken to be little-endian, and the port.
func hexAddr(s string) (netip.AddrPort, bool) {
	host, port, ok := strings.Cut(s, ":")
	raw, err := hex.DecodeString(host)
	n, err2 := strconv.ParseUint(port, 16, 16)
	if !ok || err != nil || err2 != nil || len(raw) != 4 && len(raw) != 16 {
		return netip.AddrPort{}, false
	}
	for i := 0; i < len(raw); i += 4 {
		slices.Reverse(raw[i : i+4])
	}
	ip, _ := netip.AddrFromSlice(raw)
	return netip.AddrPortFrom(ip.Unmap(), uint16(n)), true
}
