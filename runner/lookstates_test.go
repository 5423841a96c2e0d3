package runner

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/runner/view"
)

// needTable skips a test where the kernel shows no table.
func needTable(t *testing.T, s *Session) {
	t.Helper()
	if _, table := s.bench.lab.Observes(); !table {
		t.Skip("this system does not show its table of sockets")
	}
}

// objects are the lines of JSON that a command prints.
func objects(t *testing.T, s *Session, out *output, command string) []map[string]any {
	t.Helper()
	out.take()
	exec(t, s, command)
	var list []map[string]any
	for _, line := range strings.Split(strings.TrimSpace(out.take()), "\n") {
		var o map[string]any
		require.NoError(t, json.Unmarshal([]byte(line), &o), line)
		list = append(list, o)
	}
	return list
}

// waitFor waits until the output has a text.
func (o *output) waitFor(text string) bool {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for end := time.Now().Add(netlabtest.Patience); time.Now().Before(end); <-tick.C {
		o.mu.Lock()
		found := strings.Contains(o.b.String(), text)
		o.mu.Unlock()
		if found {
			return true
		}
	}
	return false
}

// with are the objects whose fields have these values.
func with(list []map[string]any, fields map[string]any) []map[string]any {
	var found []map[string]any
	for _, o := range list {
		ok := true
		for k, v := range fields {
			ok = ok && o[k] == v
		}
		if ok {
			found = append(found, o)
		}
	}
	return found
}

// line is the line of a text that has all of the parts, with single spaces.
func line(text string, parts ...string) string {
	text = strings.ReplaceAll(text, "\n"+strings.Repeat(" ", 14), " ") // lines that were folded
	for _, l := range strings.Split(text, "\n") {
		found := true
		for _, p := range parts {
			found = found && strings.Contains(l, p)
		}
		if found {
			return strings.Join(strings.Fields(l), " ")
		}
	}
	return ""
}

// awaitStates runs `states` until a line has all of the parts.
func awaitStates(t *testing.T, s *Session, out *output, parts ...string) string {
	t.Helper()
	var text, found string
	require.Eventually(t, func() bool {
		out.take()
		exec(t, s, "states")
		text = out.take()
		found = line(text, parts...)
		return found != ""
	}, netlabtest.Patience, 5*time.Millisecond, "no line with %q", parts)
	return found
}

func TestEveryRecipeBringsItsState(t *testing.T) {
	for _, state := range view.BoardOrder {
		t.Run(state.String(), func(t *testing.T) {
			s, out := session(t, "")
			needTable(t, s)
			for _, l := range recipes[state].lines {
				exec(t, s, l)
			}
			awaitStates(t, s, out, state.String())
			board := with(objects(t, s, out, "board --json"), map[string]any{"state": state.String(), "seen": true})
			require.Len(t, board, 1)
			assert.NotZero(t, board[0]["now"])
		})
	}
	assert.Len(t, recipeOrder, len(view.BoardOrder))
}

func TestStatesOfAConnectionThatEnds(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "bind :0", "listen 2", "caller = socket.socket()", "caller.connect(phone.getsockname())")
	out.take()
	exec(t, s, "states")
	text := out.take()
	assert.Contains(t, line(text, "LISTEN"), "phone queue 1 of 2 (+1)")
	assert.Contains(t, line(text, "accept queue"), "ESTABLISHED", "it has no process before accept")
	assert.Contains(t, line(text, "ESTABLISHED", "caller"), "⇄")

	exec(t, s, "conn, addr = phone.accept()", "caller.send(b'12345')", "caller.shutdown(socket.SHUT_WR)")
	awaitStates(t, s, out, "CLOSE_WAIT", "conn", "5 bytes unread, FIN unread")
	awaitStates(t, s, out, "FIN_WAIT2", "caller")

	exec(t, s, "conn.recv(100)", "conn.close()", "caller.close()")
	assert.Regexp(t, `no process (60\.0|5\d\.\d) s left ▕█+▏$`, awaitStates(t, s, out, "TIME_WAIT"))
	rows := with(objects(t, s, out, "states --json"), map[string]any{"state": "TIME_WAIT"})
	require.Len(t, rows, 1)
	assert.Equal(t, "none", rows[0]["owner"])
	assert.Equal(t, "caller", rows[0]["name"])
	timer := rows[0]["timer"].(map[string]any)
	assert.Equal(t, "time_wait", timer["kind"])
	assert.InDelta(t, 58, timer["seconds"], 3)

	again := awaitStates(t, s, out, "TIME_WAIT")
	require.Eventually(t, func() bool { return awaitStates(t, s, out, "TIME_WAIT") != again }, netlabtest.Patience, 20*time.Millisecond,
		"the countdown goes down")
}

func TestSocketsWithoutARowAreListed(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "fresh = socket.socket()", "held = socket.socket()", "held.bind(('127.0.0.1', 0))",
		"mail = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "mail.bind(('127.0.0.1', 0))", "local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)")
	out.take()
	exec(t, s, "states")
	text := out.take()
	assert.Contains(t, line(text, "fresh"), "CLOSE fresh not in the kernel's table yet")
	assert.Regexp(t, `^CLOSE 127\.0\.0\.1:\d+ held bound, not listening$`, line(text, "held"))
	assert.Regexp(t, `^bound 127\.0\.0\.1:\d+ mail UDP$`, line(text, "mail"))
	assert.Equal(t, "fresh local AF_UNIX", line(text, "AF_UNIX"))

	list := objects(t, s, out, "states --json")
	assert.Len(t, with(list, map[string]any{"name": "held", "state": "CLOSE", "bound": true, "table": true}), 1)
	assert.Len(t, with(list, map[string]any{"name": "fresh", "state": "CLOSE", "bound": false, "table": false}), 1)
	udp := with(list, map[string]any{"name": "mail", "proto": "udp", "bound": true, "table": true})
	require.Len(t, udp, 1)
	assert.NotContains(t, udp[0], "state", "only TCP has states")
}

func TestStatesByNameAndPort(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "serve tcp-upper name=echo", "serve silent name=other", "connect echo")
	list := objects(t, s, out, "states echo --json")
	assert.Len(t, with(list, map[string]any{"state": "LISTEN"}), 1)
	assert.Len(t, with(list, map[string]any{"name": "phone"}), 1)
	assert.Len(t, objects(t, s, out, "states phone --json"), 2, "both ends")
	out.take()
	exec(t, s, "states nobody")
	assert.Contains(t, out.take(), "nobody is neither a socket here nor a port")
	exec(t, s, "states 1")
	assert.Contains(t, out.take(), "No TCP socket has port 1.")
	assert.GreaterOrEqual(t, len(objects(t, s, out, "states all --json")), 3)
}

func TestBothQueuesOfAListener(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "bind :0", "listen 0", "a = socket.socket()", "a.connect(phone.getsockname())",
		"b = socket.socket()", "b.setblocking(False)", "b.connect_ex(phone.getsockname())", "b.getsockname()[1]")
	out.take()
	exec(t, s, "states")
	assert.Regexp(t, `^SYN_SENT .* b SYN again in \d`, line(out.take(), "SYN_SENT"))
	exec(t, s, "sockets phone")
	text := out.take()
	assert.Contains(t, text, "accept queue of phone: 1 of 0")
	assert.Contains(t, line(text, "■"), "(+1 on Linux)")
	assert.Regexp(t, `^127\.0\.0\.1:\d+ ──▶ nobody ──▶ ■ 127`, line(text, "■"))
}

func TestTheAddressCardHasTheStatesOfBothEnds(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "serve deaf name=echo", "connect echo", "shutdown")
	require.Eventually(t, func() bool {
		out.take()
		exec(t, s, "sockets phone")
		return line(out.take(), "in the kernel") == "in the kernel FIN_WAIT2 CLOSE_WAIT"
	}, netlabtest.Patience, 5*time.Millisecond)
}

func TestWatchWithoutATerminalPrintsChangesUntilThereAreNone(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "serve tcp-upper name=echo", "connect echo")
	out.take()
	lab := s.bench.lab
	var id int
	for _, i := range lab.Sockets() {
		if i.Label == "phone" {
			id = i.ID
		}
	}
	sock := lab.Find(id)
	lab.Go(func() {
		_ = out.waitFor("phone") // the watch has shown the table as it was
		_ = sock.Close(t.Context())
	})
	exec(t, s, "states watch")
	text := out.take()
	assert.Regexp(t, `^ESTABLISHED .*phone$`, line(text, "ESTABLISHED", "phone"))
	assert.NotEmpty(t, line(text, "TIME_WAIT", "was "), text)
	assert.NotContains(t, text, "\x1b")
	assert.NotContains(t, text, "Interrupt")
}

func TestCountersThatHaveChanged(t *testing.T) {
	s, out := session(t, "")
	if _, err := kernel.ReadCounters(); err != nil {
		t.Skip("this system shows no counters")
	}
	exec(t, s, "bind :0", "listen 1", "a = socket.socket()", "a.connect(phone.getsockname())")
	list := objects(t, s, out, "counters --json")
	opens := with(list, map[string]any{"counter": "ActiveOpens"})
	require.Len(t, opens, 1)
	assert.GreaterOrEqual(t, opens[0]["change"], 1.0)
	assert.Len(t, with(list, map[string]any{"limit": "net.ipv4.tcp_fin_timeout"}), 1)
	all := objects(t, s, out, "counters all --json")
	assert.Greater(t, len(all), len(list)-1)
	for _, o := range all {
		assert.NotEmpty(t, o["about"], "%v", o)
	}
}

func TestBoard(t *testing.T) {
	s, out := session(t, "")
	needTable(t, s)
	exec(t, s, "board")
	assert.Contains(t, out.take(), "0 of 11 seen")
	exec(t, s, "a = socket.socket()", "bind :0", "listen")
	out.take()
	exec(t, s, "board")
	text := out.take()
	assert.Contains(t, text, "2 of 11 seen")
	assert.Contains(t, text, "● LISTEN      now 1")
	assert.Contains(t, text, "The next one: ESTABLISHED")
	for _, name := range []string{"SYN_RECV", "syn-received", "Syn-Recv"} {
		exec(t, s, "board "+name)
		assert.Contains(t, out.take(), "TCP_DEFER_ACCEPT", name)
	}
	exec(t, s, "board OPEN")
	assert.Contains(t, out.take(), "OPEN is no state of TCP; there are: ESTABLISHED")
	assert.Len(t, objects(t, s, out, "board --json"), 11)
}

func TestWhereTheKernelShowsLess(t *testing.T) {
	t.Cleanup(func() { kernel.Use(kernel.AllObservers) })
	kernel.Use(kernel.ProcObservers)
	s, out := session(t, "")
	exec(t, s, "bind :0", "states")
	text := strings.Join(strings.Fields(out.take()), " ") // who else is on the port sets the widths
	assert.Contains(t, text, "bound; this table does not show it")
	assert.Contains(t, text, "Read from /proc/net")

	kernel.Use(kernel.NoObservers)
	s, out = session(t, "")
	exec(t, s, "bind :0", "listen")
	for _, command := range []string{"states", "board", "counters", "states phone"} {
		exec(t, s, command)
		assert.Contains(t, strings.Join(strings.Fields(out.take()), " "), "`socklab doctor`", command)
	}
	exec(t, s, "sockets phone")
	assert.Contains(t, out.take(), "cannot be seen")
	assert.Len(t, objects(t, s, out, "states --json"), 1)
}
