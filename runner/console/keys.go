package console

import (
	"bytes"
	"unicode/utf8"
)

// The bytes of the keys the splitter knows by itself.
const (
	keyCtrlC = 0x03
	keyCtrlD = 0x04
	keyTab   = '\t'
	keyEnter = '\r'
	keyCtrlT = 0x14
	keyEsc   = 0x1b
	keyDel   = 0x7f
)

// longRun is how much text without an end is taken for a paste still
// arriving: it is collected rather than drawn piece by piece.
const longRun = 512

// maxSequence bounds an escape sequence; a terminal that begins one and does
// not end it must not swallow what follows for good.
const maxSequence = 256

// keys splits what a terminal sends into keys. go-prompt takes one read for
// one key, so that text and Enter in one read would put the Enter into the line
// and a paste would be one garbled line.
//
// A key is a control byte, an escape sequence, or a run of text, however long:
// text is drawn once per key. Enter is always '\r'.
type keys struct {
	buf   []byte
	known func(sequence []byte) bool // whether an escape sequence is a key
}

// add takes bytes from the terminal. A Ctrl-C among them drops all that came
// before it, as the terminal itself does when it makes a SIGINT of it.
func (k *keys) add(b []byte) {
	if i := bytes.LastIndexByte(b, keyCtrlC); i >= 0 {
		k.buf = append(k.buf[:0], b[i:]...)
		return
	}
	k.buf = append(k.buf, b...)
}

// next takes the next key. It returns nil if there is none, or if the bytes
// there are may be the beginning of one; idle says that no more bytes have
// come for a while, so that they are all of it.
func (k *keys) next(idle bool) []byte {
	for len(k.buf) > 0 {
		n, key := k.first(idle)
		if n == 0 {
			return nil
		}
		if key != nil {
			key = bytes.Clone(key)
		}
		k.drop(n)
		if key != nil {
			return key
		}
	}
	return nil
}

func (k *keys) drop(n int) {
	k.buf = k.buf[n:]
	if len(k.buf) == 0 {
		k.buf = nil
	}
}

// first returns the length of the first key and the key, nil if it is to be
// left out. A length of 0 asks for more bytes.
func (k *keys) first(idle bool) (int, []byte) {
	switch c := k.buf[0]; {
	case c == keyTab && k.tabIsText():
		return k.text(idle)
	case c == '\n':
		return 1, []byte{keyEnter}
	case c == keyEnter:
		if bytes.HasPrefix(k.buf, []byte("\r\n")) {
			return 2, []byte{keyEnter}
		}
		return 1, k.buf[:1]
	case c == 0, c == keyCtrlT: // go-prompt's Ctrl-T swaps bytes, not characters
		return 1, nil
	case c == keyEsc:
		return k.escape(idle)
	case c < ' ', c == keyDel:
		return 1, k.buf[:1]
	default:
		return k.text(idle)
	}
}

// text takes a run of printable bytes, and of the tabs in a paste.
func (k *keys) text(idle bool) (int, []byte) {
	tabs := k.tabIsText()
	n := 0
	for n < len(k.buf) {
		c := k.buf[n]
		if c == keyDel || c < ' ' && (c != keyTab || !tabs) {
			return n, k.buf[:n]
		}
		n++
	}
	if idle {
		return n, k.buf
	}
	if n >= longRun {
		return 0, nil
	}
	n -= incomplete(k.buf)
	return n, k.buf[:n]
}

// tabIsText tells a tab in pasted text from the key: lines follow it, or it
// indents text that came with it.
func (k *keys) tabIsText() bool {
	end := bytes.IndexAny(k.buf, "\r\n")
	if end >= 0 && len(bytes.Trim(k.buf[end:], "\r\n")) > 0 {
		return true
	}
	if k.buf[0] != keyTab {
		return false
	}
	rest := bytes.TrimLeft(k.buf, "\t ")
	return len(rest) > 0 && rest[0] > ' ' && rest[0] != keyDel
}

// incomplete returns how many bytes at the end of b begin a character whose
// other bytes have not come.
func incomplete(b []byte) int {
	for i := 1; i <= utf8.UTFMax-1 && i <= len(b); i++ {
		if tail := b[len(b)-i:]; utf8.RuneStart(tail[0]) {
			if utf8.FullRune(tail) {
				return 0
			}
			return i
		}
	}
	return 0
}

// escape takes an escape sequence. Those that are no key are left out: a
// terminal's answers, the marks of a bracketed paste, Alt with a letter.
func (k *keys) escape(idle bool) (int, []byte) {
	n := sequenceLen(k.buf)
	if n == 0 {
		if !idle && len(k.buf) < maxSequence {
			return 0, nil
		}
		return 1, nil // the key Esc, which would accept a suggestion
	}
	if k.known != nil && k.known(k.buf[:n]) {
		return n, k.buf[:n]
	}
	return n, nil
}

// sequenceLen returns the length of the escape sequence b begins with (ECMA-48
// §5.3 to §5.6), 0 if its end is not there.
func sequenceLen(b []byte) int {
	if len(b) < 2 {
		return 0
	}
	switch b[1] {
	case '[':
		start := 2
		if len(b) > 2 && b[2] == '[' { // the Linux console's F1 to F5: ESC [ [ A
			start = 3
		}
		for i := start; i < len(b); i++ {
			switch {
			case b[i] >= 0x40 && b[i] <= 0x7e:
				return i + 1
			case b[i] < 0x20 || b[i] > 0x7e:
				return i // broken off: what follows is a key of its own
			}
		}
		return 0
	case 'O':
		if len(b) < 3 {
			return 0
		}
		return 3
	case ']', 'P', '_', '^', 'X':
		return stringLen(b)
	case keyEsc:
		return 1
	}
	if b[1] < ' ' || b[1] == keyDel {
		return 1
	}
	if !utf8.FullRune(b[1:]) {
		return 0
	}
	_, size := utf8.DecodeRune(b[1:])
	return 1 + size
}

// stringLen is sequenceLen for the control strings, which end with BEL or
// ESC \.
func stringLen(b []byte) int {
	for i := 2; i < len(b); i++ {
		switch {
		case b[i] == 0x07:
			return i + 1
		case b[i] == keyEsc && i+1 < len(b):
			if b[i+1] == '\\' {
				return i + 2
			}
			return i
		case b[i] == '\r' || b[i] == '\n':
			return i
		}
	}
	return 0
}

// pressed reports whether a key was pressed, and drops it with all that came
// with it up to the first Enter. An answer of the terminal is no key.
func (k *keys) pressed(idle bool) bool {
	if !idle && incomplete(k.buf) > 0 {
		return false
	}
	for len(k.buf) > 0 {
		n, key := k.first(idle)
		if n == 0 {
			return false
		}
		if key == nil && n > 2 && bytes.IndexByte([]byte("[]P_^X"), k.buf[1]) >= 0 {
			k.drop(n)
			continue
		}
		if _, end, _ := k.line(); end > 0 {
			k.drop(end)
		} else {
			k.drop(len(k.buf))
		}
		return true
	}
	return false
}

// line returns the next line if all of it is there: its text, how many bytes it
// takes with its ending, and whether the text holds no keys but text and tabs.
func (k *keys) line() (text string, n int, pure bool) {
	end := bytes.IndexAny(k.buf, "\r\n")
	if end < 0 {
		return "", 0, false
	}
	n = end + 1
	if bytes.HasPrefix(k.buf[end:], []byte("\r\n")) {
		n++
	}
	clean := make([]byte, 0, end)
	for _, c := range k.buf[:end] {
		if c == keyTab || c >= ' ' && c != keyDel {
			clean = append(clean, c)
		}
	}
	return string(clean), n, len(clean) == end
}
