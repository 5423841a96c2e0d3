//go:build linux

package main

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var secondsLeft = regexp.MustCompile(`TIME_WAIT .* (\d+\.\d) s left`)

// seconds are what the screen says to be left of a TIME_WAIT, "" if it says
// nothing.
func (m *terminal) seconds() string {
	found := secondsLeft.FindAllStringSubmatch(m.text(), -1)
	if len(found) == 0 {
		return ""
	}
	return found[len(found)-1][1]
}

func TestStatesWatchDrawsInItsPlaceAndLeavesTheTerminalWell(t *testing.T) {
	m := onTerminal(t, "play")
	m.sees("socklab>")
	for _, l := range []string{"bind :0", "listen 1", "a = socket.socket()", "a.connect(phone.getsockname())", "accept", "conn.close()", "a.close()"} {
		m.types(l + "\r")
		m.sees("socklab> " + l)
	}
	m.sees("close(")
	m.types("states watch\r")
	m.sees("Ctrl-C ends")
	m.sees("s left")
	first := m.seconds()
	require.Eventually(t, func() bool { return m.seconds() != first }, patience, 20*time.Millisecond, "the countdown stands still")
	// Looked at in the middle of a drawing both may be there for a moment.
	require.Eventually(t, func() bool {
		text := m.text()
		return strings.Count(text, "Ctrl-C ends") == 1 && strings.Count(text, " s left") == 1
	}, patience, 20*time.Millisecond, "it is drawn over, not again")
	m.types("\x03")
	m.types("print('alive', 6 * 7)\r")
	m.sees("alive 42")
	assert.NotContains(t, m.text(), "KeyboardInterrupt", "Ctrl-C is how one leaves")
	assert.NotContains(t, m.printed()[strings.Index(m.printed(), "Ctrl-C ends"):], "\x1b[?1049h")
	m.types("quit\r")
	m.ends()
}
