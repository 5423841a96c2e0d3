package runner

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// pyText writes a text as a literal of the language.
func pyText(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// pyValue writes a word of a command line as a value: a number, True or False,
// a list of words with commas, or text.
func pyValue(word string) string {
	if _, err := strconv.ParseFloat(word, 64); err == nil {
		return word
	}
	switch strings.ToLower(word) {
	case "true":
		return "True"
	case "false":
		return "False"
	}
	if strings.Contains(word, ",") {
		parts := strings.Split(word, ",")
		for i, p := range parts {
			parts[i] = pyText(p)
		}
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return pyText(word)
}

// isName reports whether s can be a variable.
func isName(s string) bool {
	for i, r := range s {
		if r != '_' && !unicode.IsLetter(r) && (i == 0 || !unicode.IsDigit(r)) {
			return false
		}
	}
	return s != ""
}

// addressCode writes what a command was given as an address in code: a server's
// name, HOST:PORT, :PORT, a path, or a variable.
func (s *Session) addressCode(c *Command, text string) (string, error) {
	if text == "" {
		return "", c.usage()
	}
	for _, srv := range s.bench.net.Servers() {
		if srv.Name() == text {
			return tupleCode(srv.Addr()), nil
		}
	}
	if isName(text) && s.bench.interp.IsAddress(text) || strings.HasPrefix(text, "(") {
		return text, nil
	}
	if host, port, ok := strings.Cut(text, " "); ok && !strings.Contains(text, ":") { // as nc takes it
		text = host + ":" + strings.TrimSpace(port)
	}
	if _, err := strconv.Atoi(text); err == nil {
		text = ":" + text
	}
	if i := strings.LastIndexByte(text, ':'); i >= 0 && strings.IndexByte(text, ' ') < 0 {
		if _, err := strconv.Atoi(text[i+1:]); err != nil {
			return "", &UsageError{Text: words.F("a port is a number from 0 to 65535, not %s", text[i+1:]), Usage: c.Usage}
		}
	}
	addr, err := netlab.ParseAddr(text)
	if err != nil {
		if isName(text) {
			return "", &UsageError{Text: words.F("there is no server %s; `servers` lists those that run", text), Usage: c.Usage}
		}
		return s.oddAddress(c, text)
	}
	return tupleCode(addr), nil
}

// oddAddress lets the call itself say what is wrong with a port out of range
// or a host that is a name; what is no address at all is a usage error.
func (s *Session) oddAddress(c *Command, text string) (string, error) {
	i := strings.LastIndexByte(text, ':')
	if i < 0 {
		return "", c.usage()
	}
	port := text[i+1:]
	if _, err := strconv.Atoi(port); err != nil {
		port = pyText(port)
	}
	host := text[:i]
	if host == "" {
		host = "127.0.0.1"
	}
	return "(" + pyText(host) + ", " + port + ")", nil
}

func tupleCode(a netlab.Addr) string {
	if a.IP.IsValid() {
		return fmt.Sprintf("(%s, %d)", pyText(a.IP.String()), a.Port)
	}
	return pyText(a.Path)
}

// talkCode is the loop of the tutorial's client, with an end for each side.
func talkCode(name string, lang words.Lang) string {
	code := strings.ReplaceAll(`while True:
    msg = input(">>: ").strip()
    if not msg: continue
    if msg == "quit": break
    NAME.send(msg.encode("utf-8"))
    data = NAME.recv(1024)
    if not data:
        print(HUNGUP)
        break
    print(data.decode("utf-8", "backslashreplace"))`, "NAME", name)
	return strings.ReplaceAll(code, "HUNGUP", pyText(lang.T("the other side has hung up")))
}

// bytesCode writes the bytes of a text as code. A text in quotes is a literal
// already.
func bytesCode(text string) string {
	if prefix, ok := literal(text); ok {
		if strings.Contains(strings.ToLower(prefix), "b") {
			return text
		}
		if isASCII(text) && prefix == "" {
			return "b" + text
		}
		return text + `.encode("utf-8")`
	}
	if isASCII(text) {
		return view.BytesLiteral([]byte(text))
	}
	return pyText(text) + `.encode("utf-8")`
}

// literal reports whether text is one literal in quotes, with its prefix.
func literal(text string) (prefix string, ok bool) {
	i := strings.IndexAny(text, `'"`)
	if i < 0 || i > 2 || strings.Trim(strings.ToLower(text[:i]), "brf") != "" {
		return "", false
	}
	body, quote := text[i:], text[i]
	if len(body) < 2 || body[len(body)-1] != quote {
		return "", false
	}
	escaped := false
	for _, c := range []byte(body[1 : len(body)-1]) {
		if c == quote && !escaped {
			return "", false
		}
		escaped = c == '\\' && !escaped
	}
	return text[:i], !escaped
}

func isASCII(s string) bool {
	for _, c := range []byte(s) {
		if c >= 0x80 {
			return false
		}
	}
	return true
}
