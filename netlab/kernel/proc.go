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

// userHz is the unit of the times in /proc: a hundredth of a second on every
// system of today (USER_HZ).
const userHz = 100

// parseRow reads one line of /proc/net/tcp or udp; the heading is none.
func parseRow(line string) (Row, bool) {
	f := strings.Fields(line)
	if len(f) < 10 {
		return Row{}, false
	}
	r := Row{Drops: -1}
	var ok1, ok2 bool
	r.Local, ok1 = hexAddr(f[1])
	r.Remote, ok2 = hexAddr(f[2])
	state, err := strconv.ParseUint(f[3], 16, 8)
	r.State = stateOf(uint8(state))
	if !ok1 || !ok2 || err != nil || r.State == Unknown {
		return Row{}, false
	}
	r.Send, r.Recv = hexPair(f[4])
	kind, left := hexPair(f[5])
	r.Timer = Timer{Kind: TimerKind(kind), Left: time.Duration(left) * time.Second / userHz}
	r.Timer.Tries, _ = hexPair(f[6] + ":0")
	r.UID, _ = strconv.Atoi(f[7])
	r.Inode, _ = strconv.ParseUint(f[9], 10, 64)
	if len(f) == 13 { // udp ends with the drops
		if n, err := strconv.Atoi(f[12]); err == nil {
			r.Drops = n
		}
	}
	return r, true
}

// hexPair reads "00000001:0000176E"; what makes no sense is 0.
func hexPair(s string) (a, b int) {
	one, two, _ := strings.Cut(s, ":")
	return hexNumber(one), hexNumber(two)
}

func hexNumber(s string) int {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || n > math.MaxInt32 {
		return 0
	}
	return int(n)
}

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
	return plain(ip, uint16(n)), true
}

// parseUnixRow reads one line of /proc/net/unix. NULs in an abstract name are
// written as @ there.
func parseUnixRow(line string) (Row, bool) {
	f := strings.Fields(line)
	if len(f) < 7 || f[0] == "Num" {
		return Row{}, false
	}
	r := Row{Proto: Unix, State: Close, UID: -1, Drops: -1}
	flags, state := hexNumber(f[3]), hexNumber(f[5])
	switch {
	case flags&0x10000 != 0: // __SO_ACCEPTCON
		r.State = Listen
	case state == 3: // SS_CONNECTED
		r.State = Established
	}
	inode, err := strconv.ParseUint(f[6], 10, 64)
	r.Inode, r.Path = inode, behind(line, 7)
	if r.Path != "" && r.Path[0] == '@' {
		r.Path = "\x00" + r.Path[1:]
	}
	return r, err == nil
}

// behind is what stands behind n words and the space after them: a path, whose
// own spaces count.
func behind(line string, n int) string {
	for range n {
		line = strings.TrimLeft(line, " ")
		_, line, _ = strings.Cut(line, " ")
	}
	return line
}
