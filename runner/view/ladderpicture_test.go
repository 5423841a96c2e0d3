package view

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
)

func TestLadderOfACall(t *testing.T) {
	lab := netlabtest.New(t)
	client, conn := pair(t, lab)
	send(t, client, "hello")
	require.NoError(t, recv(conn))
	send(t, conn, "H")
	require.NoError(t, recv(client))
	require.NoError(t, client.Close(bg))
	require.NoError(t, recv(conn))
	require.NoError(t, conn.Close(bg))
	l, got := ladder(lab, client, conn)
	assert.Equal(t, handshake+" >5 bytes <1 byte >FIN <FIN", got)
	assert.Equal(t, "connect", l.Rungs[0].Left)
	for i, r := range l.Rungs {
		l.Rungs[i].At = 0
		if r.Right == "accept" {
			assert.Empty(t, r.Segment)
		}
	}
	l.Left, l.Right = "phone 50000", "conn 8080"
	l.Rungs = l.Rungs[:3]
	golden(t, 80, Options{}, `
  phone 50000           CLOSE                      LISTEN      conn 8080
  connect            SYN_SENT │── SYN ──────────▶│ SYN_RECV             0.000 ms
                  ESTABLISHED │◀───── SYN, ACK ──│
                              │── ACK ──────────▶│ ESTABLISHED
  segments and states inferred from the calls, not seen on the wire
`, func(r *Renderer) { r.Ladder(l) })
	golden(t, 60, Options{ASCII: true}, `
  phone 50000  CLOSE                    LISTEN     conn 8080
  connect   SYN_SENT |-- SYN -------->| SYN_RECV    0.000 ms
         ESTABLISHED |<--- SYN, ACK --|
                     |-- ACK -------->| ESTABLISHED
  segments and states inferred from the calls, not seen on
  the wire
`, func(r *Renderer) { r.Ladder(l) })
	golden(t, 59, chinese, `
     phone 起初处于 CLOSE
     conn 起初处于 LISTEN
  1. connect：phone 50000 向 conn 8080 发送 SYN；phone 进入
     SYN_SENT；conn 进入 SYN_RECV
  2. SYN, ACK：从 conn 8080 到 phone 50000；phone 进入
     ESTABLISHED
  3. ACK：从 phone 50000 到 conn 8080；conn 进入
     ESTABLISHED
  报文段和状态由调用推断而来，并非抓包所得
`, func(r *Renderer) { r.Ladder(l) })
}
