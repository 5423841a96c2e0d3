package pack

import (
	"bufio"
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// python is the path of CPython, the witness. Without it the test is skipped,
// or has failed if SOCKLAB_REQUIRE names it.
func python(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("python3")
	if err == nil {
		return path
	}
	if slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), "python3") {
		t.Fatal("SOCKLAB_REQUIRE names python3, which is not installed")
	}
	t.Skip("python3 is not installed: apt-get install python3")
	return ""
}

// witness answers a question a line: what struct makes of a format, of values
// packed by it and of bytes unpacked by it. Values are pairs of a type and text.
const witness = `
import json, platform, struct, sys
print(json.dumps([sys.version_info[:2], sys.byteorder, struct.calcsize("l"), platform.python_implementation()]))
def read(v):
    kind, text = v
    if kind == "int": return int(text)
    if kind == "float": return struct.unpack("<d", bytes.fromhex(text))[0]
    if kind == "bytes": return bytes.fromhex(text)
    if kind == "bytearray": return bytearray.fromhex(text)
    if kind == "bool": return text == "true"
    return [0] if text == "true" else []
def show(v):
    if isinstance(v, bool): return ["bool", "true" if v else "false"]
    if isinstance(v, int): return ["int", str(v)]
    if isinstance(v, float): return ["float", struct.pack("<d", v).hex()]
    return ["bytes", v.hex()]
def attempt(f):
    try: return f()
    except Exception as e: return type(e).__name__ + ": " + str(e)
def into(fmt, buf, offset, values):
    buf = bytearray(buf)
    struct.pack_into(fmt, buf, offset, *values)
    return buf.hex()
for line in sys.stdin:
    q = json.loads(line)
    fmt, values, data, offset = q["format"], [read(v) for v in q["values"]], bytes.fromhex(q["data"]), q["offset"]
    print(json.dumps([
        attempt(lambda: struct.calcsize(fmt)),
        attempt(lambda: struct.pack(fmt, *values).hex()),
        attempt(lambda: [show(v) for v in struct.unpack(fmt, data)]),
        attempt(lambda: [show(v) for v in struct.unpack_from(fmt, data, offset)]),
        attempt(lambda: into(fmt, data, offset, values)),
    ]))
`

type question struct {
	Format string      `json:"format"`
	Values [][2]string `json:"values"`
	Data   string      `json:"data"`
	Offset int         `json:"offset"`

	values []any
	data   []byte
}

// answers is what this package makes of a question, as the witness writes it.
func (q question) answers() []any {
	f, err := Parse(q.Format)
	if err != nil {
		return []any{said(err), said(err), said(err), said(err), said(err)}
	}
	out := []any{float64(f.Size())}
	packed, err := f.Pack(q.values)
	out = append(out, orError(hex.EncodeToString(packed), err))
	values, err := f.Unpack(q.data)
	out = append(out, orError(written(values), err))
	values, err = f.UnpackFrom(q.data, q.Offset)
	out = append(out, orError(written(values), err))
	buf := bytes.Clone(q.data)
	err = f.PackInto(buf, q.Offset, q.values)
	return append(out, orError(hex.EncodeToString(buf), err))
}

func orError(v any, err error) any {
	if err != nil {
		return said(err)
	}
	return v
}

func said(err error) string {
	var e *Error
	if !errors.As(err, &e) {
		return err.Error()
	}
	return map[Kind]string{StructError: "error: ", OverflowError: "OverflowError: ", MemoryError: "MemoryError: "}[e.Kind] + e.Msg
}

// written is values as the witness writes them.
func written(values []any) any {
	list := []any{}
	for _, v := range values {
		pair := write(v)
		list = append(list, []any{pair[0], pair[1]})
	}
	return list
}

func write(v any) [2]string {
	switch v := v.(type) {
	case bool:
		return [2]string{"bool", strconv.FormatBool(v)}
	case Other:
		return [2]string{"other", strconv.FormatBool(bool(v))}
	case float64:
		p := make([]byte, 8)
		LittleEndian.putBits(p, math.Float64bits(v))
		return [2]string{"float", hex.EncodeToString(p)}
	case []byte:
		return [2]string{"bytes", hex.EncodeToString(v)}
	case ByteArray:
		return [2]string{"bytearray", hex.EncodeToString(v)}
	}
	return [2]string{"int", fmt.Sprint(v)}
}

func TestCPythonDoesTheSame(t *testing.T) {
	path := python(t)
	rng := rand.New(rand.NewPCG(1, 2))
	var questions []question
	var input bytes.Buffer
	for range 6000 {
		q := randomQuestion(rng)
		line, err := json.Marshal(q)
		require.NoError(t, err)
		input.Write(append(line, '\n'))
		questions = append(questions, q)
	}
	cmd := exec.CommandContext(t.Context(), path, "-c", witness)
	cmd.Stdin = &input
	out, err := cmd.Output()
	require.NoError(t, err)

	lines := bufio.NewScanner(bytes.NewReader(out))
	lines.Buffer(nil, 1<<24)
	require.True(t, lines.Scan())
	if lines.Text() != `[[3, 11], "little", 8, "CPython"]` {
		t.Logf("the witness is %s: its words may differ", lines.Text())
	}
	sameWords := strings.HasPrefix(lines.Text(), "[[3, 11]")
	packed := 0
	for _, q := range questions {
		require.True(t, lines.Scan(), "the witness stopped")
		var want []any
		require.NoError(t, json.Unmarshal(lines.Bytes(), &want))
		got := q.answers()
		if !sameWords {
			want, got = withoutWords(want), withoutWords(got)
		}
		if !assert.Equal(t, want, got, "%q %v data %s offset %d", q.Format, q.Values, q.Data, q.Offset) {
			return
		}
		if s, ok := got[1].(string); ok && !strings.Contains(s, ":") {
			packed++
		}
	}
	assert.Greater(t, packed, 1500, "enough of the questions must have an answer without an error")
}

// withoutWords keeps of an error only that there is one.
func withoutWords(list []any) []any {
	for i, v := range list {
		if s, ok := v.(string); ok && strings.Contains(s, ":") {
			list[i] = "error"
		}
	}
	return list
}
