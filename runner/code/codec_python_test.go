package code

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// witness answers a line of JSON with a line of JSON, as CPython's codecs do.
const witness = `
import codecs, json, sys

def answer(q):
    try:
        if q["op"] == "table":
            pairs = []
            for hi in range(256):
                for lo in range(256):
                    try:
                        s = bytes([hi, lo]).decode(q["enc"])
                        if len(s) == 1: pairs.append([hi << 8 | lo, ord(s)])
                    except UnicodeDecodeError: pass
            back = []
            for u in range(0x110000):
                if 0xd800 <= u < 0xe000 or u >= 0x10000 and u % 97: continue
                try: back.append([u, chr(u).encode(q["enc"]).hex()])
                except UnicodeEncodeError: pass
            return {"pairs": pairs, "back": back}
        if q["op"] == "decode":
            return {"out": bytes.fromhex(q["in"]).decode(q["enc"], q["errs"]).encode().hex()}
        if q["op"] == "encode":
            return {"out": bytes.fromhex(q["in"]).decode().encode(q["enc"], q["errs"]).hex()}
        if q["op"] == "lookup":
            return {"out": codecs.lookup(q["enc"]).name.encode().hex()}
        outs, d = [], codecs.getincrementaldecoder(q["enc"])(q["errs"])
        for i, piece in enumerate(q["pieces"]):
            try: outs.append(d.decode(bytes.fromhex(piece), i == len(q["pieces"]) - 1).encode().hex())
            except UnicodeError as e: outs.append(type(e).__name__ + ": " + str(e))
        return {"outs": outs}
    except (UnicodeError, LookupError) as e:
        return {"error": type(e).__name__ + ": " + str(e)}

for line in sys.stdin: print(json.dumps(answer(json.loads(line))))
`

type question struct {
	Op     string   `json:"op"`
	Enc    string   `json:"enc"`
	Errs   string   `json:"errs"`
	In     string   `json:"in"`
	Pieces []string `json:"pieces,omitempty"`
}

type answer struct {
	Out   string            `json:"out"`
	Outs  []string          `json:"outs"`
	Error string            `json:"error"`
	Pairs [][2]int          `json:"pairs"`
	Back  []json.RawMessage `json:"back"`
}

// askPython has all questions answered by one process.
func askPython(t *testing.T, questions []question) []answer {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err != nil {
		if slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), "python3") {
			t.Fatal("SOCKLAB_REQUIRE names python3, which is not installed")
		}
		t.Skip("python3 is not installed: apt-get install python3")
	}
	var in, out bytes.Buffer
	enc := json.NewEncoder(&in)
	for _, q := range questions {
		require.NoError(t, enc.Encode(q))
	}
	cmd := exec.Command(path, "-c", witness)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = &in, &out, os.Stderr
	require.NoError(t, cmd.Run())
	answers := make([]answer, 0, len(questions))
	dec := json.NewDecoder(&out)
	for range questions {
		var a answer
		require.NoError(t, dec.Decode(&a))
		answers = append(answers, a)
	}
	return answers
}

// witnessed are the encodings that are compared, and handlers what is done
// about a bad piece.
var (
	witnessed = []string{"utf-8", "gbk", "gb18030", "gb2312", "latin-1", "ascii", "utf-16", "utf-16-le", "utf-16-be"}
	handlers  = []string{"strict", "replace", "ignore", "backslashreplace", "unknown"}
)

// randomBytes are of a sort that often is nearly text.
func randomBytes(r *rand.Rand) []byte {
	p := make([]byte, r.IntN(12))
	for i := range p {
		switch r.IntN(6) {
		case 0:
			p[i] = byte(0x30 + r.IntN(16))
		case 1:
			p[i] = byte(r.IntN(256))
		case 2:
			p[i] = []byte{0, 0x80, 0xff, 0xfe, 0xd8, 0xdc, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xc0, 0xc2, 0x84, 0x90}[r.IntN(16)]
		default:
			p[i] = byte(0x80 + r.IntN(128))
		}
	}
	text := []byte(randomText(r))
	switch r.IntN(8) {
	case 0:
		return append([]byte{0xff, 0xfe}, p...)
	case 1:
		return append([]byte{0xfe, 0xff}, p...)
	case 2:
		return append(text, p...)
	case 3:
		return text[:len(text)-r.IntN(len(text)+1)/2]
	}
	return p
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range r.IntN(8) {
		switch r.IntN(6) {
		case 0:
			b.WriteRune(rune(r.IntN(0x80)))
		case 1:
			b.WriteRune(rune(0x80 + r.IntN(0x300)))
		case 2:
			b.WriteRune(rune(0x10000 + r.IntN(0x100000)))
		case 3:
			b.WriteRune([]rune("€·—…〇ǹɑ中文粘包\ue5e5\ufffd\uffff¤")[r.IntN(15)])
		default:
			b.WriteRune(rune(0x4e00 + r.IntN(0x5200)))
		}
	}
	return b.String()
}

// said is a result as the witness writes it.
func said(out string, err error) string {
	if err == nil {
		return hex.EncodeToString([]byte(out))
	}
	var e *Error
	if errors.As(err, &e) {
		return e.Error()
	}
	return err.Error()
}

func (a answer) said() string {
	if _, inner, ok := strings.Cut(a.Error, "codec failed ("); ok { // CPython 3.11 wraps a LookupError once more
		return strings.TrimSuffix(inner, ")")
	}
	if a.Error != "" {
		return a.Error
	}
	return a.Out
}

func TestCodecsDecodeAndEncodeAsCPython(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	var questions []question
	for range 600 {
		for _, enc := range witnessed {
			errs := handlers[r.IntN(len(handlers))]
			questions = append(questions,
				question{Op: "decode", Enc: enc, Errs: errs, In: hex.EncodeToString(randomBytes(r))},
				question{Op: "encode", Enc: enc, Errs: errs, In: hex.EncodeToString([]byte(randomText(r)))})
		}
	}
	for i, a := range askPython(t, questions) {
		q := questions[i]
		in, err := hex.DecodeString(q.In)
		require.NoError(t, err)
		var got string
		if q.Op == "decode" {
			got = said(decode(in, q.Enc, q.Errs))
		} else {
			out, err := encode(string(in), q.Enc, q.Errs)
			got = said(string(out), err)
		}
		assert.Equal(t, a.said(), got, "%s %s %s %q", q.Op, q.Enc, q.Errs, in)
	}
}

func TestCodecsHaveTheCharactersThatCPythonHas(t *testing.T) {
	names := []string{"gbk", "gb2312", "gb18030"}
	var questions []question
	for _, enc := range names {
		questions = append(questions, question{Op: "table", Enc: enc})
	}
	for i, a := range askPython(t, questions) {
		c, err := findCodec(names[i])
		require.NoError(t, err)
		want := map[int]int{}
		for _, p := range a.Pairs {
			want[p[0]] = p[1]
		}
		wrong := 0
		for pair := range 1 << 16 {
			got, size, reason := c.decodeAt([]byte{byte(pair >> 8), byte(pair)}, 0)
			if w, ok := want[pair]; ok != (reason == "" && size == 2) || ok && rune(w) != got {
				wrong++
				t.Logf("%s %04x: CPython %x, here %x %q", names[i], pair, w, got, reason)
			}
		}
		assert.Zero(t, wrong, "%s: pairs read otherwise", names[i])
		assert.Zero(t, encodedOtherwise(t, c, a.Back), "%s: characters written otherwise", names[i])
	}
}

func encodedOtherwise(t *testing.T, c *codec, back []json.RawMessage) int {
	t.Helper()
	want := map[rune]string{}
	for _, raw := range back {
		var u rune
		var out string
		require.NoError(t, json.Unmarshal(raw, &[]any{&u, &out}))
		want[u] = out
	}
	wrong := 0
	for u := rune(0); u < 0x110000; u++ {
		if 0xd800 <= u && u < 0xe000 || u >= 0x10000 && u%97 != 0 {
			continue
		}
		out, reason := c.encodeRune(nil, u)
		if w, ok := want[u]; ok != (reason == "") || ok && w != hex.EncodeToString(out) {
			wrong++
			t.Logf("%s U+%04X: CPython %s, here %x %q", c.name, u, w, out, reason)
		}
		if reason != "" {
			continue
		}
		if back, _, _ := c.decodeAt(out, 0); back != u {
			wrong++
			t.Logf("%s U+%04X: written as %x, which is read as U+%04X", c.name, u, out, back)
		}
	}
	return wrong
}

func TestIncrementalDecodersAreCPythons(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	var questions []question
	for range 500 {
		for _, enc := range witnessed {
			q := question{Op: "pieces", Enc: enc, Errs: handlers[r.IntN(4)]}
			p := randomBytes(r)
			if r.IntN(2) == 0 {
				p, _ = encode(randomText(r), enc, "ignore")
			}
			for len(p) > 0 && len(q.Pieces) < 6 {
				n := 1 + r.IntN(min(len(p), 4))
				q.Pieces = append(q.Pieces, hex.EncodeToString(p[:n]))
				p = p[n:]
			}
			questions = append(questions, q)
		}
	}
	for i, a := range askPython(t, questions) {
		q := questions[i]
		c, err := findCodec(q.Enc)
		require.NoError(t, err)
		d := &incrementalDecoder{codec: c, now: c, errs: q.Errs}
		var outs []string
		for j, piece := range q.Pieces {
			p, err := hex.DecodeString(piece)
			require.NoError(t, err)
			outs = append(outs, said(d.decode(p, j == len(q.Pieces)-1)))
		}
		assert.Equal(t, a.Outs, outs, "%s %s %q", q.Enc, q.Errs, q.Pieces)
	}
}

func TestNamesOfEncodingsAreCPythons(t *testing.T) {
	names := []string{"utf8", "UTF-8", "utf_8", "Utf 8", "U8", "utf", "gbk", "GBK", "cp936", "936", "ms936", "gb2312", "GB2312", "EUC-CN",
		"euccn", "chinese", "gb18030", "GB18030-2000", "latin-1", "latin1", "Latin 1", "l1", "iso-8859-1", "ISO8859-1", "8859", "cp819",
		"ascii", "us-ascii", "646", "us", "utf-16", "UTF16", "u16", "utf-16-le", "utf_16le", "UTF-16BE", "ut-f8", "g b k", "klingon", "", "gb.k"}
	var questions []question
	for _, name := range names {
		questions = append(questions, question{Op: "lookup", Enc: name})
	}
	for i, a := range askPython(t, questions) {
		got := ""
		c, err := findCodec(names[i])
		if err == nil {
			got = (&codecInfo{c}).name()
		}
		assert.Equal(t, a.said(), said(got, err), "%q", names[i])
	}
}
