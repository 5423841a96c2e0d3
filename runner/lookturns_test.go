package runner

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
)

const aLoop = `import select
phone = socket.socket()
phone.bind(("127.0.0.1", 0))
phone.listen(5)
bob = socket.create_connection(phone.getsockname())
bob.send(b"hi")
select.select([phone], [], [], 5)
conn, addr = phone.accept()
select.select([phone, conn], [], [], 5)
conn.recv(1024)
select.select([phone, conn], [], [], 0)
`

func TestTurnsOfALoop(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, aLoop)
	assert.Contains(t, out.take(), "POLLIN})")
	exec(t, s, "turns")
	text := out.take()
	for _, want := range []string{
		"turn 1  watched 1, 1 ready", "a caller: accept will not wait", "accept(",
		"turn 2  watched 2, 1 ready", "recv will not wait", "b'hi'",
		"turn 3  watched 2, none ready",
	} {
		assert.Contains(t, text, want)
	}
	exec(t, s, "turns 1")
	text = out.take()
	assert.Contains(t, text, "2 earlier turns are not shown")
	assert.NotContains(t, text, "turn 2 ")

	exec(t, s, "turns 2 --json")
	lines := strings.Split(strings.TrimSpace(out.take()), "\n")
	require.Len(t, lines, 2)
	var turn turnObject
	require.NoError(t, json.Unmarshal([]byte(lines[0]), &turn))
	assert.Equal(t, 2, turn.Turn)
	assert.Equal(t, 2, turn.Watched)
	require.Len(t, turn.Ready, 1)
	assert.Equal(t, "conn", turn.Ready[0].Name)
	assert.Equal(t, []string{"POLLIN"}, turn.Ready[0].Events)
	require.Len(t, turn.Calls, 1)
	assert.Equal(t, "recv", turn.Calls[0].Call)
}

func TestTurnsIsUsedLikeThis(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "turns")
	assert.Contains(t, out.take(), "No turn yet")
	for _, wrong := range []string{"turns many", "turns 0", "turns 1 2"} {
		exec(t, s, wrong)
		assert.Contains(t, out.take(), "turns [NUMBER] [--json]", wrong)
	}
}

func TestAPollThatWaitsIsNoticed(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "import select", "phone = socket.socket()", "phone.bind(('127.0.0.1', 0))", "phone.listen(5)")
	out.take()
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = s.Exec(ctx, "select.select([phone], [], [])")
	}()
	var text strings.Builder
	assert.Eventually(t, func() bool {
		text.WriteString(out.take())
		return strings.Contains(text.String(), "poll is waiting: none of the sockets is ready.")
	}, netlabtest.Patience, 10*time.Millisecond)
	cancel()
	<-ended
}

// The server that a lesson limits is this very program, as a child.
func TestAServerOutOfDescriptorsSaysSoAFewTimes(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, `import sys, subprocess, select
limited = subprocess.Popen(["sh", "-c", 'ulimit -n 24; exec "$0" serve tcp-upper backlog=64', sys.executable], stdout=subprocess.PIPE)
port = int(limited.stdout.readline().decode().strip().split(":")[1])
callers = [socket.create_connection(("127.0.0.1", port)) for i in range(24)]
for c in callers: c.send(b"hi")

full = 0
while full < 1:
    if b"EMFILE" in limited.stdout.readline(): full += 1

for c in callers[:20]: c.close()

print("last", callers[23].recv(10))
`)
	assert.Contains(t, out.take(), "last b'HI'")
}

func TestCrowdAlone(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, `import sys, subprocess
phone = socket.socket()
phone.bind(("127.0.0.1", 0))
phone.listen(5)
host, port = phone.getsockname()
crowd = subprocess.Popen([sys.executable, "serve", "crowd", "--addr", "127.0.0.1:%d" % port, "callers=1", "messages=1"], stdout=subprocess.PIPE)
conn, addr = phone.accept()
conn.recv(4, socket.MSG_WAITALL)
conn.sendall(b"\0\0\0\x12" + conn.recv(18, socket.MSG_WAITALL)[::-1])
conn.recv(1)
conn.close()
print(crowd.stdout.read().decode(), crowd.wait())
`)
	text := out.take()
	assert.Contains(t, text, "calling 127.0.0.1:")
	assert.Contains(t, text, "shutdown(")
}
