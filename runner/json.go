package runner

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"unicode"
	"unicode/utf16"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/check"
	"github.com/socklab/socklab/runner/view"
)

// printJSON prints one object on one line, for scripts.
func (s *Session) printJSON(v any) {
	p, err := json.Marshal(v)
	if err != nil {
		return
	}
	fmt.Fprintf(s.con.Out(), "%s\n", visible(p))
}

// visible writes what would control a terminal, or order its text, as an
// escape: json.Marshal does that for the characters below a blank alone.
func visible(p []byte) []byte {
	hidden := func(c rune) bool { return c >= 0x7f && unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) }
	if !bytes.ContainsFunc(p, hidden) {
		return p
	}
	var b bytes.Buffer
	for _, c := range string(p) {
		switch {
		case !hidden(c):
			b.WriteRune(c)
		case c > 0xffff:
			hi, lo := utf16.EncodeRune(c)
			fmt.Fprintf(&b, `\u%04x\u%04x`, hi, lo)
		default:
			fmt.Fprintf(&b, `\u%04x`, c)
		}
	}
	return b.Bytes()
}

func hexText(p []byte) string { return hex.EncodeToString(p) }

type socketObject struct {
	FD      int     `json:"fd"`
	Name    string  `json:"name"`
	By      string  `json:"by"`
	Kind    string  `json:"kind"`
	State   string  `json:"state,omitempty"`
	Local   string  `json:"local,omitempty"`
	Remote  string  `json:"remote,omitempty"`
	Backlog *int    `json:"backlog,omitempty"`
	Queued  *int    `json:"queued,omitempty"`
	Unread  int     `json:"unread"`
	Timeout float64 `json:"timeout"` // seconds; 0 non-blocking, -1 blocking
	Waiting string  `json:"waiting,omitempty"`
}

func socketJSON(i netlab.SocketInfo) socketObject {
	o := socketObject{
		FD: i.FD, Name: i.Label, By: i.By.String(), Kind: view.KindName(i), State: i.State.String(),
		Local: i.Local.String(), Remote: i.Remote.String(), Unread: i.Unread,
		Timeout: i.Timeout.Seconds(), Waiting: i.Waiting.String(),
	}
	if i.Timeout < 0 {
		o.Timeout = -1
	}
	if i.Backlog >= 0 {
		o.Backlog, o.Queued = &i.Backlog, &i.Queued
	}
	return o
}

type eventObject struct {
	Seq    uint64  `json:"seq"`
	By     string  `json:"by"`
	Call   string  `json:"call"`
	FD     int     `json:"fd"`
	Start  float64 `json:"start"` // seconds on the lab's clock
	End    float64 `json:"end"`
	Tries  int     `json:"tries"`
	Result int     `json:"result"`
	Error  string  `json:"error,omitempty"`
	Size   int     `json:"size,omitempty"`
	Addr   string  `json:"address,omitempty"`
	Data   string  `json:"data,omitempty"` // hexadecimal
	Strace string  `json:"strace"`
}

func eventJSON(e *netlab.Event) eventObject {
	o := eventObject{
		Seq: e.Seq, By: e.By.String(), Call: e.Op.String(), FD: e.FD, Start: e.Start.Seconds(), End: e.End.Seconds(),
		Tries: e.Tries, Result: e.N, Addr: e.Addr.String(), Data: hexText(e.Data), Strace: view.Strace(e),
	}
	if !e.Succeeded() {
		o.Error, o.Result = e.Failure(), -1
	}
	switch e.Op {
	case netlab.OpSend, netlab.OpRecv, netlab.OpSendto, netlab.OpRecvfrom:
		o.Size = e.Size()
	}
	return o
}

type rungObject struct {
	At      float64 `json:"at"` // seconds since the first
	Left    string  `json:"left,omitempty"`
	Right   string  `json:"right,omitempty"`
	Segment string  `json:"segment,omitempty"`
	To      string  `json:"to,omitempty"`
	Source  string  `json:"source"`

	LeftState  string `json:"left_state,omitempty"` // of each end after it
	RightState string `json:"right_state,omitempty"`
	Guess      string `json:"guess,omitempty"` // the end whose state is guessed: left, right or both
}

func rungJSON(r view.Rung) rungObject {
	o := rungObject{At: r.At.Seconds(), Left: r.Left, Right: r.Right, Segment: r.Segment, Source: "inferred",
		LeftState: r.LeftState.String(), RightState: r.RightState.String()}
	if r.Segment != "" {
		o.To = "left"
		if r.ToRight {
			o.To = "right"
		}
	}
	left, right := r.LeftGuess && o.LeftState != "", r.RightGuess && o.RightState != ""
	switch {
	case left && right:
		o.Guess = "both"
	case left:
		o.Guess = "left"
	case right:
		o.Guess = "right"
	}
	return o
}

type factObject struct {
	Fact string `json:"fact"`
	Held bool   `json:"held"`
	Seen string `json:"seen,omitempty"`
	Try  string `json:"try,omitempty"`
}

func (s *Session) factJSON(v check.Verdict) factObject {
	o := factObject{Fact: v.Words, Held: v.Held}
	if !v.Held {
		o.Seen, o.Try = s.out.Say(v.Seen), s.out.Say(v.Try)
	}
	return o
}
