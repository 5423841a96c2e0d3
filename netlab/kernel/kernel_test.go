package kernel

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestStates(t *testing.T) {
	assert.Len(t, StateNames(), 11)
	for _, name := range StateNames() {
		s, ok := ParseState(name)
		assert.True(t, ok)
		assert.Equal(t, name, s.String())
	}
	for _, name := range []string{"", "listen", "TIME-WAIT", "BOUND"} {
		_, ok := ParseState(name)
		assert.False(t, ok, name)
	}
	assert.Empty(t, Unknown.String())
	assert.Equal(t, "?", State(200).String())
}

func TestParseRow(t *testing.T) {
	r, ok := parseRow("   5: 0100007F:1F90 0100007F:CDA4 06 00000000:00000000 03:0000176E 00000000     0        0 0 3 0000000000000000")
	require.True(t, ok)
	assert.Equal(t, TimeWait, r.State)
	assert.Equal(t, "127.0.0.1:8080", r.Local.String())
	assert.Equal(t, "127.0.0.1:52644", r.Remote.String())
	assert.Equal(t, 59980*time.Millisecond, r.Left())
	assert.Zero(t, r.Inode)

	r, ok = parseRow("   0: 00000000000000000000000001000000:0050 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 628 1 x 100 0 0 10 0")
	require.True(t, ok)
	assert.Equal(t, Listen, r.State)
	assert.Equal(t, "[::1]:80", r.Local.String())
	assert.Equal(t, []any{1000, uint64(628)}, []any{r.UID, r.Inode})

	r, ok = parseRow("   1: 0000000000000000FFFF00000100007F:0050 0000000000000000FFFF00000100007F:0051 0C 0:0 01:1 0 0 0 7")
	require.True(t, ok)
	assert.Equal(t, SynRecv, r.State, "TCP_NEW_SYN_RECV")
	assert.Equal(t, "127.0.0.1:80", r.Local.String(), "IPv4 on an IPv6 socket")

	for _, line := range []string{"", "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode", "0: x:1 y:2 01 0:0 0:0 0 0 0 0", "0: 01:1 02:2 01 0:0 0:0 0 0 0 0", "0: 0100007F:1 0100007F:2 FF 0:0 0:0 0 0 0 0"} {
		_, ok := parseRow(line)
		assert.False(t, ok, line)
	}
}

func FuzzParseRow(f *testing.F) {
	f.Add("   5: 0100007F:1F90 0100007F:CDA4 06 00000000:00000000 03:0000176E 00000000     0        0 0 3 0")
	f.Fuzz(func(t *testing.T, line string) {
		r, ok := parseRow(line)
		if ok {
			assert.NotEmpty(t, r.State.String())
			assert.True(t, r.Local.IsValid() && r.Remote.IsValid())
			assert.GreaterOrEqual(t, r.Left(), time.Duration(0))
		}
	})
}
