package runner

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTank(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "tank")
	assert.Contains(t, out.take(), "No socket is connected")
	exec(t, s, `echo = serve("tcp-upper")
phone = socket.socket()
phone.bind(("127.0.0.1", 0))
phone.listen(5)
caller = socket.create_connection(phone.getsockname())
conn, addr = phone.accept()
caller.send(b"first line\nsecond line\n")
f = conn.makefile("r")
f.readline()
you = socket.create_connection(echo.addr)
`)
	out.take()
	exec(t, s, "tank conn")
	text := out.take()
	assert.Contains(t, text, "12 bytes, for readline and read to take")
	assert.Contains(t, text, "11 bytes by the program")
	assert.NotContains(t, text, "caller")

	exec(t, s, "tank --json")
	tanks := map[string]tankObject{}
	for _, line := range strings.Split(strings.TrimSpace(out.take()), "\n") {
		var o tankObject
		require.NoError(t, json.Unmarshal([]byte(line), &o))
		tanks[o.Name] = o
	}
	require.Len(t, tanks, 3, "listeners and the server's ends are not shown")
	assert.Equal(t, 12, tanks["conn"].Ahead)
	assert.Equal(t, 11, tanks["conn"].Taken)
	assert.Zero(t, tanks["conn"].Unread)
	assert.Equal(t, 1, tanks["conn"].Files)
	assert.Nil(t, tanks["conn"].Drops, "a stream drops nothing")
	assert.EqualValues(t, 23, tanks["caller"].Sent)

	exec(t, s, "tank nobody")
	assert.Contains(t, out.take(), "nobody is no socket here")
	exec(t, s, "tank conn caller")
	assert.Contains(t, out.take(), "tank [NAME]")
}
