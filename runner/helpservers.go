package runner

import (
	"fmt"
	"time"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// helpServe lists the kinds of servers.
func (s *Session) helpServe() {
	var lines []view.HelpLine
	for _, k := range server.Kinds() {
		lines = append(lines, view.HelpLine{Name: k.Name, About: KindText(k)})
	}
	s.out.HelpPart(view.HelpPart{Label: words.F("Kinds"), Lines: lines})
	s.out.Next("help serve tcp-upper", "servers")
}

// helpKind shows one kind of server with its options.
func (s *Session) helpKind(k server.Kind) {
	page := view.HelpPage{Head: "serve " + k.Name + " [OPTION=VALUE …]", About: KindText(k)}
	var lines []view.HelpLine
	for _, o := range k.AllOptions() {
		lines = append(lines, view.HelpLine{Name: o.Name + "=" + optionDefault(o.Default), About: OptionText(o)})
	}
	page.Parts = append(page.Parts,
		view.HelpPart{Label: words.F("Options"), Lines: lines},
		view.HelpPart{Label: words.F("Code"), Code: "serve(" + pyText(k.Name) + ", port=8080)"},
		view.HelpPart{Label: words.F("Alone"), Code: "socklab serve " + k.Name + " --addr :8080"},
	)
	s.out.Help(page)
}

// optionHelps say what the options of servers do, in words that can be
// translated.
var optionHelps = map[string]words.Text{
	"name":       words.F("what the lab calls it; at first its kind"),
	"host":       words.F("the address to bind"),
	"port":       words.F("the port to bind; 0 lets the kernel choose"),
	"reuseaddr":  words.F("set SO_REUSEADDR before bind"),
	"backlog":    words.F("what listen is given"),
	"sequential": words.F("serve one client at a time, the next one when it has left"),
	"hangup":     words.F("who closes first: \"client\", or \"server\" after one answer"),
	"flawed":     words.F("leave out the check for the end of the stream"),
	"fuse":       words.F("a flawed server is stopped after so many seconds of empty reads"),
	"text":       words.F("what the page says"),
	"glue":       words.F("how many messages to gather before answering them together"),
	"schedule":   words.F("sizes of the pieces; \"0.5s\" is a rest between them; begins again at its end"),
	"pause":      words.F("the rest between two pieces without one of their own"),
	"allow":      words.F("the programs that may be run, without a shell"),
	"shell":      words.F("give each command to sh -c: whoever can connect runs anything as you. It has to be allowed by a person"),
	"limit":      words.F("how long one command may take"),
	"output":     words.F("how many bytes one command may print"),
	"encoding":   words.F("in which encoding the output is sent: \"utf-8\", or \"gbk\" as on a Chinese Windows"),
	"max":        words.F("the longest command that is accepted, in bytes"),
}

// kindHelps are those that belong to some kinds alone, by what they say in
// English: kinds have options of the same name that differ.
var kindHelps = texts(
	words.F("set SO_REUSEADDR before bind, which lets another socket take the port too"),
	words.F("SO_RCVBUF before bind, in bytes; 0 leaves the system's"),
	words.F("the rest before each recvfrom: what arrives meanwhile waits, or is lost"),
	words.F("take the datagrams and answer none"),
	words.F("how they answer: \"prompt\" at once, \"slow\" after a while, \"bursts\" with several messages, \"never\""),
	words.F("what they say, one line after the other, then again; at first an echo of what was said"),
	words.F("how long a slow friend takes"),
	words.F("how many messages a friend in bursts sends for one"),
	words.F("how many messages may wait for one reader; who lets more come is dropped"),
	words.F("the longest message that is accepted, in bytes"),
	words.F("SO_SNDBUF of each connection, in bytes; 0 leaves the system's"),
	words.F("whom they call"),
	words.F("the port that they call"),
	words.F("how many call"),
	words.F("how many messages each of them sends"),
)

func texts(list ...words.Text) map[string]words.Text {
	byEnglish := map[string]words.Text{}
	for _, t := range list {
		byEnglish[t.In(words.English)] = t
	}
	return byEnglish
}

// optionDefault writes an option's default as it is written in code.
func optionDefault(v any) string {
	switch v := v.(type) {
	case bool:
		if v {
			return "True"
		}
		return "False"
	case time.Duration:
		return fmt.Sprint(v.Seconds())
	case []string:
		return "[]"
	case string:
		return pyText(v)
	}
	return fmt.Sprint(v)
}

// KindText is what a kind of server does.
func KindText(k server.Kind) words.Text {
	if t, ok := kindSummaries[k.Name]; ok {
		return t
	}
	return words.Raw(k.Summary)
}

// OptionText is what an option of a server does.
func OptionText(o server.Option) words.Text {
	if t, ok := kindHelps[o.Help]; ok {
		return t
	}
	if t, ok := optionHelps[o.Name]; ok {
		return t
	}
	return words.Raw(o.Help)
}

// OptionDefault is the default of an option as it is written in code.
func OptionDefault(o server.Option) string { return optionDefault(o.Default) }
