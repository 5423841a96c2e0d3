package server

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	shellwords "github.com/mattn/go-shellwords"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/process"
)

// encodings are those in which output is sent; what a program prints is taken
// for UTF-8.
var encodings = map[string]encoding.Encoding{"utf-8": encoding.Nop, "utf8": encoding.Nop, "gbk": simplifiedchinese.GBK}

// An answer is what a command printed, stdout before stderr as the tutorial
// has it, and how it ended.
type answer struct {
	text   []byte
	status int
}

// The exit codes that a shell has for a command it does not run.
const (
	statusRefused = 126
	statusMissing = 127
)

// refusal is the answer to a command that is not run.
func refusal(status int, format string, args ...any) answer {
	return answer{[]byte("socklab: " + fmt.Sprintf(format, args...) + "\n"), status}
}

// run runs one command under limits.
func (s *Server) run(command string) answer {
	args, problem := s.words(strings.TrimSpace(command))
	if problem != nil {
		return *problem
	}
	if len(args) == 0 {
		return answer{}
	}
	limits := process.Modest()
	limits.Wall, limits.Output = s.opts["limit"].(time.Duration), int64(s.int("output"))
	child, err := s.lab.Spawn(process.Spec{
		Args: args, Stdin: process.Null, Stdout: process.Piped, Stderr: process.Piped, Limits: limits,
	}, netlab.Server)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return refusal(statusMissing, "%s: not found", args[0])
	case err != nil:
		return refusal(statusRefused, "%s: %v", args[0], err)
	}
	defer func() { _ = child.End() }()
	child.SetLabel(s.Name())
	a := s.gather(child)
	a.text = s.encoded(a.text)
	return a
}

// words are the arguments of a command; nil and an answer if it is not run.
func (s *Server) words(command string) ([]string, *answer) {
	if s.bool("shell") {
		return []string{"/bin/sh", "-c", command}, nil
	}
	p := shellwords.NewParser()
	args, err := p.Parse(command)
	var a answer
	switch {
	case err != nil:
		a = refusal(statusRefused, "a quote without its end")
	case p.Position >= 0 && p.Position < len(command):
		a = refusal(statusRefused, "no shell here: %q is not understood", command[p.Position:p.Position+1])
	case len(args) > 0 && !slices.Contains(s.opts["allow"].([]string), args[0]):
		a = refusal(statusRefused, "%s is not on the list of this server: %s", args[0], strings.Join(s.opts["allow"].([]string), " "))
	default:
		return args, nil
	}
	return nil, &a
}

// gather reads both pipes at the same time, so that neither fills while the
// other is read, and waits for the end. What the limits cut off is said.
func (s *Server) gather(child *netlab.Child) answer {
	stop := s.endWith(child)
	defer stop()
	limit := s.int("output")
	errs := make(chan []byte, 1)
	s.lab.Go(func() {
		p, err := child.Stderr.ReadAll(bg, limit)
		if errors.Is(err, netlab.ErrTooMuch) {
			_ = child.End()
		}
		errs <- p
	})
	text, err := child.Stdout.ReadAll(bg, limit)
	if errors.Is(err, netlab.ErrTooMuch) {
		_ = child.End()
	}
	text = append(text, <-errs...)
	a := answer{text: text[:min(len(text), limit)]}
	a.status, _ = child.Wait(bg, -1)
	switch why := child.Exceeded(); {
	case why != "":
		a.text = fmt.Appendf(a.text, "\nsocklab: the command was ended, it was over the limit of its %s\n", why)
	case errors.Is(err, netlab.ErrTooMuch) || len(text) > limit:
		a.text = fmt.Appendf(a.text, "\nsocklab: the command was ended after %d bytes of output\n", limit)
	}
	return a
}

// endWith ends the command when the server is to end; the function that it
// returns ends the watch.
func (s *Server) endWith(child *netlab.Child) (stop func()) {
	done := make(chan struct{})
	s.work.Add(1)
	s.lab.Go(func() {
		defer s.work.Done()
		select {
		case <-s.quit:
			_ = child.End()
		case <-s.lab.Done():
			_ = child.End()
		case <-done:
		}
	})
	return func() { close(done) }
}

// encoded is the output in the encoding of the server; what that cannot
// express is a question mark.
func (s *Server) encoded(p []byte) []byte {
	e := encodings[strings.ToLower(s.text("encoding"))]
	if e == encoding.Nop {
		return p
	}
	q, err := encoding.ReplaceUnsupported(e.NewEncoder()).Bytes(p)
	if err != nil {
		return p
	}
	return q
}
