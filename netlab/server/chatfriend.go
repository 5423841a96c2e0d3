package server

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/socklab/socklab/netlab"
)

var chatFriend = Kind{
	Name:      "chat-friend",
	Summary:   "a friend in the chat who answers in a manner of their own",
	Datagrams: true,
	Options: []Option{
		{"manner", "prompt", `how they answer: "prompt" at once, "slow" after a while, "bursts" with several messages, "never"`},
		{"lines", []string{}, "what they say, one line after the other, then again; at first an echo of what was said"},
		{"delay", 700 * time.Millisecond, "how long a slow friend takes"},
		{"burst", 3, "how many messages a friend in bursts sends for one"},
	},
	check: func(v Values) error {
		switch v["manner"] {
		case "prompt", "slow", "bursts", "never":
		default:
			return &OptionError{Kind: "chat-friend", Option: "manner", Problem: `"prompt", "slow", "bursts" or "never", please`}
		}
		if n := v["burst"].(int); n < 1 || n > 1000 {
			return &OptionError{Kind: "chat-friend", Option: "burst", Problem: fmt.Sprintf("%d messages: 1 to 1000", n)}
		}
		return nil
	},
	serve: (*Server).befriend,
}

// befriend answers every message to where it came from.
func (s *Server) befriend() {
	said := 0
	s.eachDatagram(0, func(p []byte, from netlab.Addr) {
		answers := 1
		switch s.text("manner") {
		case "never":
			return
		case "slow":
			if !s.pause(s.opts["delay"].(time.Duration)) {
				return
			}
		case "bursts":
			answers = s.int("burst")
		}
		for i := range answers {
			line := s.line(said, p)
			if answers > 1 {
				line += " (" + strconv.Itoa(i+1) + "/" + strconv.Itoa(answers) + ")"
			}
			said++
			_, _ = s.ln.SendTo(bg, []byte(line), 0, from)
		}
	})
}

// line is what the friend says next: of their lines, or what was said to them.
func (s *Server) line(said int, heard []byte) string {
	if lines := s.opts["lines"].([]string); len(lines) > 0 {
		return lines[said%len(lines)]
	}
	text := strings.ToValidUTF8(string(heard), "?")
	if utf8.RuneCountInString(text) > 40 {
		text = string([]rune(text)[:40]) + "…"
	}
	return s.Name() + ": " + text + "!"
}
