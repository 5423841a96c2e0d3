package chat

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// A Fault is what is wrong with one line of a directory file.
type Fault struct {
	File string
	Line int // 0: the file as a whole
	Text words.Text
}

// In says the fault in a language, with its place in front.
func (f Fault) In(lang words.Lang) string {
	if f.Line == 0 {
		return f.File + ": " + f.Text.In(lang)
	}
	return fmt.Sprintf("%s:%d: %s", f.File, f.Line, f.Text.In(lang))
}

// Faults are all that is wrong with a directory file.
type Faults []Fault

// In says all faults in a language, a line each.
func (l Faults) In(lang words.Lang) string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.In(lang)
	}
	return strings.Join(lines, "\n")
}

func (l Faults) Error() string { return l.In(words.English) }

// MaxFile is the longest directory file, MaxName the longest name in cells of
// a terminal or so: more would leave no room for what is said.
const (
	MaxFile = 1 << 20
	MaxName = 40
)

// reserved are the words that a name would hide.
var reserved = []string{"quit", "unknown"}

// Parse reads a directory: a line for each friend, NAME ADDR, with blanks
// between them. Empty lines and those that begin with # say nothing. The error
// is Faults with everything that is wrong.
func Parse(file, text string) (*Directory, error) {
	p := parser{file: file, names: map[string]int{}, addrs: map[netlab.Addr]int{}}
	if len(text) > MaxFile {
		p.fault(0, words.F("the file has more than %d bytes", MaxFile))
		return nil, p.faults
	}
	text = strings.TrimPrefix(text, "\ufeff")
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line != "" && !strings.HasPrefix(line, "#") {
			p.line(i+1, line)
		}
	}
	if len(p.friends) == 0 && len(p.faults) == 0 {
		p.fault(0, words.F("nobody stands in it; a line is NAME ADDR, such as: amy 127.0.0.1:8081"))
	}
	if len(p.faults) > 0 {
		return nil, p.faults
	}
	return NewDirectory(p.friends), nil
}

type parser struct {
	file    string
	friends []Friend
	names   map[string]int // by NFC: the line
	addrs   map[netlab.Addr]int
	family  int // of the first address
	faults  Faults
}

func (p *parser) fault(line int, t words.Text) {
	p.faults = append(p.faults, Fault{p.file, line, t})
}

func (p *parser) line(n int, line string) {
	if !utf8.ValidString(line) {
		p.fault(n, words.F("the line is not UTF-8; save the file as UTF-8"))
		return
	}
	fields := strings.Fields(line)
	if len(fields) != 2 {
		p.fault(n, words.F("a line is NAME ADDR, such as: amy 127.0.0.1:8081; here are %d words", len(fields)))
		return
	}
	name := norm.NFC.String(fields[0])
	badName := CheckName(name)
	if !badName.Empty() {
		p.fault(n, badName)
	}
	if first, ok := p.names[name]; ok {
		p.fault(n, words.F("the name %s stands in line %d already", name, first))
	} else if badName.Empty() {
		p.names[name] = n
	}
	addr, bad := parseAddr(fields[1])
	if !bad.Empty() {
		p.fault(n, bad)
		return
	}
	p.address(n, name, addr)
}

// address takes a friend whose address can be read.
func (p *parser) address(n int, name string, addr netlab.Addr) {
	if p.family == 0 {
		p.family = addr.Family
	}
	switch first, ok := p.addrs[addr]; {
	case ok:
		p.fault(n, words.F("the address %s stands in line %d already: who writes from it would have two names", addr.String(), first))
	case addr.Family != p.family:
		p.fault(n, words.F("%s is of another family than the lines above: one socket is either IPv4 or IPv6", addr.String()))
	default:
		p.addrs[addr] = n
		p.friends = append(p.friends, Friend{name, addr})
	}
}

// CheckName says what is wrong with a name, nothing if it can be one. The name
// is one that a prompt can show and that hides nothing else one may type.
func CheckName(name string) words.Text {
	for _, c := range name {
		if unicode.In(c, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || !unicode.IsPrint(c) {
			return words.F("the name has the invisible character %U", c)
		}
	}
	switch {
	case utf8.RuneCountInString(name) > MaxName:
		return words.F("the name has more than %d characters", MaxName)
	case strings.ContainsAny(name, ":：@"):
		return words.F("the name %s has a colon or an @ in it, which end and begin names where one types", name)
	}
	for _, word := range reserved {
		if strings.EqualFold(name, word) {
			return words.F("the name %s means something else here", name)
		}
	}
	return words.Text{}
}

// parseAddr reads the address of a friend.
func parseAddr(text string) (netlab.Addr, words.Text) {
	addr, err := netlab.ParseAddr(text)
	switch {
	case err != nil:
		return addr, words.F("%s is no address; the right form is HOST:PORT, such as 127.0.0.1:8081, with a port from 1 to 65535", text)
	case !addr.IP.IsValid():
		return addr, words.F("%s is a path; the right form is HOST:PORT, such as 127.0.0.1:8081", text)
	case addr.Port == 0:
		return addr, words.F("port 0 is nobody's; the right form is HOST:PORT with a port from 1 to 65535")
	case addr.IP.IsUnspecified():
		return addr, words.F("%s is no address that one can write to", text)
	}
	return addr, words.Text{}
}
