package console

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

// known stands for go-prompt's table of keys.
func known(seq []byte) bool {
	return bytes.Contains([]byte(" \x1b[A \x1b[B \x1b[3~ \x1b[1;5D \x1bOP \x1b[[B "), append(append([]byte(" "), seq...), ' '))
}

// all takes keys until there are none: as they come, then after a pause.
func all(k *keys) []string {
	var list []string
	for _, idle := range []bool{false, true} {
		for key := k.next(idle); key != nil; key = k.next(idle) {
			list = append(list, string(key))
		}
	}
	return list
}

func TestKeysAreSplit(t *testing.T) {
	tests := []struct {
		name string
		sent string
		want []string
	}{
		{"text and Enter in one read", "tcp connect\r", []string{"tcp connect", "\r"}},
		{"a pasted block", "a = 1\nb = 2\r\n", []string{"a = 1", "\r", "b = 2", "\r"}},
		{"empty lines", "\r\r\n\n", []string{"\r", "\r", "\r"}},
		{"Chinese", "发送 你好\r", []string{"发送 你好", "\r"}},
		{"control bytes stand alone", "a\x01\x05b\x7f", []string{"a", "\x01", "\x05", "b", "\x7f"}},
		{"arrows", "\x1b[A\x1b[Bx", []string{"\x1b[A", "\x1b[B", "x"}},
		{"a key with parameters", "\x1b[1;5D\x1b[3~", []string{"\x1b[1;5D", "\x1b[3~"}},
		{"function keys", "\x1bOP\x1b[[B", []string{"\x1bOP", "\x1b[[B"}},
		{"a bracketed paste", "\x1b[200~hello\x1b[201~", []string{"hello"}},
		{"a terminal's answers", "\x1b[12;40R\x1b]11;rgb:0/0/0\x07\x1bP1$r0m\x1b\\ok", []string{"ok"}},
		{"Alt with a letter", "\x1bfx\x1b你y", []string{"x", "y"}},
		{"Esc alone", "\x1b", nil},
		{"NUL and Ctrl-T", "a\x00b\x14c", []string{"a", "b", "c"}},
		{"Ctrl-C drops what came before", "one\rtwo\r\x03three", []string{"\x03", "three"}},
		{"the key Tab", "hel\t", []string{"hel", "\t"}},
		{"Tab and Enter", "hel\t\r", []string{"hel", "\t", "\r"}},
		{"Tab on an empty line", "\t", []string{"\t"}},
		{"tabs of pasted code", "if x:\n\tprint(1)\t# one\n\tprint(2)\n",
			[]string{"if x:", "\r", "\tprint(1)\t# one", "\r", "\tprint(2)", "\r"}},
		{"invalid UTF-8", "a\xffb\xe4", []string{"a\xffb", "\xe4"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			k := keys{known: known}
			k.add([]byte(tt.sent))
			assert.Equal(t, tt.want, all(&k))
			assert.Empty(t, k.buf, "nothing is left")
		})
	}
}

func TestKeysWaitForTheRest(t *testing.T) {
	t.Run("of a character", func(t *testing.T) {
		k := keys{known: known}
		k.add([]byte("a\xe4\xbd"))
		assert.Equal(t, "a", string(k.next(false)))
		assert.Nil(t, k.next(false))
		k.add([]byte("\xa0"))
		assert.Equal(t, "你", string(k.next(false)))
	})
	t.Run("of a sequence", func(t *testing.T) {
		k := keys{known: known}
		k.add([]byte("\x1b["))
		assert.Nil(t, k.next(false))
		k.add([]byte("A"))
		assert.Equal(t, "\x1b[A", string(k.next(false)))
	})
	t.Run("of a long paste", func(t *testing.T) {
		k := keys{known: known}
		long := strings.Repeat("x", 2*longRun)
		k.add([]byte(long))
		assert.Nil(t, k.next(false), "it is not drawn piece by piece")
		k.add([]byte("y\r"))
		assert.Equal(t, long+"y", string(k.next(false)))
	})
	t.Run("but not for ever", func(t *testing.T) {
		k := keys{known: known}
		k.add([]byte("\x1b[" + strings.Repeat("1;", maxSequence)))
		k.add([]byte("\r"))
		assert.Contains(t, all(&k), "\r")
	})
}

func TestLineIsThereOnlyWhole(t *testing.T) {
	tests := []struct {
		sent, want string
		n          int
		pure       bool
	}{
		{"", "", 0, false},
		{"half", "", 0, false},
		{"\r", "", 1, true},
		{"a\tb\r\nc", "a\tb", 5, true},
		{"a\x7fb\nc", "ab", 4, false},
	}
	for _, tt := range tests {
		k := keys{buf: []byte(tt.sent)}
		text, n, pure := k.line()
		assert.Equal(t, tt.want, text, "%q", tt.sent)
		assert.Equal(t, tt.n, n, "%q", tt.sent)
		assert.Equal(t, tt.pure, pure, "%q", tt.sent)
	}
}

// FuzzKeys: whatever is sent, in whatever pieces, the splitter comes to an end,
// gives out nothing that was not sent, and loses no printable text that stands
// outside escape sequences.
func FuzzKeys(f *testing.F) {
	f.Add([]byte("tcp connect\r"), uint8(3))
	f.Add([]byte("if x:\n\tprint('你好')\r\n"), uint8(1))
	f.Add([]byte("\x1b[200~a\x1b[201~\x1b]0;t\x07\x1b[[A\x1bOP"), uint8(4))
	f.Add([]byte("\xe4\xbd\xff\x00\x14\x03"), uint8(2))
	f.Fuzz(func(t *testing.T, sent []byte, piece uint8) {
		k := keys{known: known}
		var got []byte
		take := func(idle bool) {
			for key := k.next(idle); key != nil; key = k.next(idle) {
				checkKey(t, key)
				got = append(got, key...)
			}
		}
		for rest := sent; len(rest) > 0; {
			n := min(len(rest), int(piece)+1)
			k.add(rest[:n])
			rest = rest[n:]
			take(false)
		}
		take(true)
		assert.Empty(t, k.buf)
		assert.LessOrEqual(t, len(got), len(sent))
		if !bytes.ContainsAny(sent, "\x1b\x03\x00\x14\n") {
			assert.Equal(t, string(sent), string(got))
		}
	})
}

func checkKey(t *testing.T, key []byte) {
	t.Helper()
	switch {
	case len(key) == 1:
	case key[0] == keyEsc:
		assert.True(t, known(key), "%q is a key", key)
	default:
		assert.NotContains(t, string(key), "\r")
		assert.NotContains(t, string(key), "\n")
		assert.NotContains(t, string(key), "\x1b")
		if utf8.Valid(key) {
			assert.NotContains(t, string(key), "\x7f")
		}
	}
}
