package runner

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

func cmdHelp(_ context.Context, s *Session, a Args) error {
	if len(a.Words) == 0 {
		s.showHelp()
		return nil
	}
	name := a.Words[0]
	cmd, isCommand := commands[name]
	if isCommand {
		s.helpCommand(cmd)
	}
	if doc, ok := s.bench.interp.Describe(name); ok {
		s.out.Item("", doc.Sig, s.out.Say(doc.Help))
		return nil
	}
	if isCommand {
		return nil
	}
	near := words.Nearest(name, verbs())
	if near == "" {
		near = "help"
	}
	return &UsageError{Text: words.F("there is no help on %s; did you mean `%s`?", name, near)}
}

func (s *Session) showHelp() {
	s.out.Paragraph(words.F("Type Python-like code, `phone = socket.socket()`, or a command: it shows the code that it stands for."))
	for _, g := range Groups() {
		s.out.Blank()
		s.out.Label(g.Heading())
		for _, c := range Commands() {
			if c.Group == g {
				s.out.Item("", c.Usage, s.out.Say(c.Summary))
			}
		}
	}
	s.out.Blank()
	s.out.Paragraph(words.F("A command acts on the socket used last; `NAME.send hi` names another. Tab completes. Ctrl-C cancels a call that waits, Ctrl-D leaves."))
	s.out.Next("help COMMAND", "help phone.recv")
}

func (s *Session) helpCommand(c *Command) {
	s.out.Item("", c.Usage, s.out.Say(c.Summary))
	if !c.Help.Empty() {
		s.out.Paragraph(c.Help)
	}
	if len(c.Aliases) > 0 {
		s.out.Paragraph(words.F("Also: %s", strings.Join(c.Aliases, ", ")))
	}
	if c.Name == "serve" {
		for _, k := range server.Kinds() {
			s.out.Item("", k.Name, s.kindSummary(k.Name))
			for _, o := range k.AllOptions() {
				s.out.SubItem("", o.Name+"="+optionDefault(o.Default), s.optionHelp(o))
			}
		}
	}
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

func (s *Session) optionHelp(o server.Option) string {
	if t, ok := kindHelps[o.Help]; ok {
		return s.out.Say(t)
	}
	if t, ok := optionHelps[o.Name]; ok {
		return s.out.Say(t)
	}
	return o.Help
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
