package runner

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPackAndUnpackShowCodeResultAndPicture(t *testing.T) {
	for _, c := range []struct {
		line string
		want []string
	}{
		{"pack i 12345", []string{"⇒ struct.pack(\"i\", 12345)\nb'90\\x00\\x00'\n i: 4 bytes", "│ 39 30 00 00 │"}},
		{"pack ci a 5", []string{"struct.pack(\"ci\", b'a', 5)", "░00░00░00░", "padding", "83886080"}},
		{"pack !4sI GET 5 # a comment", []string{`struct.pack("!4sI", b'GET', 5)`}},
		{`pack "=ci" a 5`, []string{`struct.pack("=ci", b'a', 5)`, "=ci: 5 bytes"}},
		{`pack '< i  i' 1 2`, []string{`struct.pack("< i  i", 1, 2)`}},
		{"pack 4s 你", []string{`struct.pack("4s", "你".encode("utf-8"))`, `b'\xe4\xbd\xa0\x00'`}},
		{"pack 5s it's", []string{`struct.pack("5s", b"it's")`}},
		{"pack 9s 'two words'", []string{`struct.pack("9s", b'two words')`, "b'two words'"}},
		{"pack 9s data.upper()", []string{`struct.pack("9s", data.upper())`, "b'HELLO"}},
		{"pack 9s data", []string{`struct.pack("9s", data)`}},
		{"pack II len(data) + 1 (2 + 3)", []string{`struct.pack("II", len(data) + 1, (2 + 3))`}},
		{"pack II 1, 2", []string{`struct.pack("II", 1, 2)`}},
		{"pack IIs 1 2, x", []string{`struct.pack("IIs", 1, 2, b'x')`}},
		{"pack II (1, 2)[0], 2", []string{`struct.pack("II", (1, 2)[0], 2)`}},
		{"pack I, 5", []string{`struct.pack("I", 5)`}},
		{"pack x", []string{`struct.pack("x")`, "x padding"}},
		{"unpack !I b'HTTP'", []string{"⇒ struct.unpack(\"!I\", b'HTTP')\n(1213486160,)\n !I: 4 bytes", "read little-endian    1347703880"}},
		{"unpack 5s data", []string{`struct.unpack("5s", data)`, "(b'hello',)"}},
		{"unpack i struct.pack('>i', 5)", []string{"(83886080,)", "read big-endian    5\n"}},
		{"pack i 2147483648", []string{"struct.error: 'i' format requires -2147483648 <= number <= 2147483647"}},
		{"pack i 1 2", []string{"struct.error: pack expected 1 items for packing (got 2)"}},
		{"pack z 1", []string{"struct.error: bad char in struct format"}},
		{"unpack ci b'abcde'", []string{"unpack requires a buffer of 8 bytes", "without padding the format has 5 bytes", "layout ci"}},
		{"pack =ci a 5", []string{"SyntaxError", `a format that begins with = stands in quotes: `, `pack "=ci" …`}},
		{"pack", []string{"pack is used like this:"}},
		{"unpack i", []string{"unpack is used like this:"}},
	} {
		t.Run(c.line, func(t *testing.T) {
			s, out := session(t, "")
			exec(t, s, "data = b'hello'")
			out.take()
			exec(t, s, c.line)
			got := out.take()
			for _, want := range c.want {
				assert.Contains(t, got, want)
			}
			if strings.Contains(got, "Error") || strings.Contains(got, "error") {
				assert.NotContains(t, got, "offset", "no picture of what failed")
			}
		})
	}
}

// What is received by the expression of a command must be received once.
func TestThePictureRunsNothingAgain(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "n = []", "def once():\n    n.append(1)\n    return b'abcd'\n", "unpack I once()", "from struct import *", "pack i 12345")
	assert.Equal(t, 2, strings.Count(out.take(), "┌"))
	exec(t, s, "print(len(n), pack('b', 1))")
	got := out.take()
	assert.Contains(t, got, "1 b'\\x01'")
	assert.NotContains(t, got, "┌", "code has no picture")
}

func TestLayout(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "data = bytearray(b'abcdefgh')")
	out.take()
	for line, want := range map[string]string{
		"layout ci":          "│ ··    │░··░··░··░│",
		"layout ci a 5":      "│ 61    │░00░00░00░│ 05 00 00 00 │",
		"layout !II data":    "1701209960",
		"layout z":           "struct.error: bad char in struct format",
		"layout i data":      "unpack requires a buffer of 4 bytes",
		"layout":             "layout is used like this:",
		`layout "=ci"`:       "=ci: 5 bytes",
		"layout 99999999s":   "99999999s",
		"layout 99999999s x": "MemoryError",
	} {
		exec(t, s, line)
		assert.Contains(t, out.take(), want, line)
	}
	exec(t, s, "layout bd -1 nan --json")
	assert.Contains(t, out.take(), "NameError")
	exec(t, s, "layout bxH?dc -1 5 True float('nan') q --json")
	var objects []map[string]any
	for _, l := range strings.Split(strings.TrimSpace(out.take()), "\n") {
		var o map[string]any
		require.NoError(t, json.Unmarshal([]byte(l), &o), l)
		objects = append(objects, o)
	}
	require.Len(t, objects, 7)
	assert.Equal(t, map[string]any{"offset": 0.0, "size": 1.0, "code": "b", "padding": false, "order": "little-endian", "index": 0.0, "hex": "ff", "value": -1.0}, objects[0])
	assert.Equal(t, map[string]any{"offset": 1.0, "size": 1.0, "code": "x", "padding": true, "order": "little-endian", "hex": "00"}, objects[1])
	assert.Equal(t, map[string]any{"offset": 2.0, "size": 2.0, "code": "H", "padding": false, "order": "little-endian", "index": 1.0, "hex": "0500", "value": 5.0, "flipped": 1280.0}, objects[2])
	assert.Equal(t, map[string]any{"offset": 5.0, "size": 3.0, "padding": true, "order": "little-endian", "hex": "000000"}, objects[4])
	assert.Equal(t, "nan", objects[5]["value"])
	assert.Equal(t, "b'q'", objects[6]["value"])
}

func TestSetsockoptLingerIsAStruct(t *testing.T) {
	s, out := session(t, "")
	exec(t, s, "phone = socket.socket()", "setsockopt linger 1 0")
	got := strings.Join(strings.Fields(out.take()), " ")
	assert.Contains(t, got, `struct.pack("ii", 1, 0)`)
	assert.Contains(t, got, `SO_LINGER, b'\x01\x00\x00\x00\x00\x00\x00\x00') = 0`)
	exec(t, s, "setsockopt linger 1")
	assert.Contains(t, out.take(), "linger takes two numbers")
}
