package code_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/pack"
	"github.com/socklab/socklab/runner/code"
	"github.com/socklab/socklab/runner/words"
)

// whole is an interpreter with every module.
func whole(t *testing.T) (*code.Interp, *strings.Builder) {
	t.Helper()
	var out strings.Builder
	net := &code.Net{Lab: netlabtest.New(t)}
	in := code.New(code.Config{
		Print: func(text string) { out.WriteString(text) },
		Modules: []*code.Module{
			net.Module(), code.StructModule(func(*pack.Format, []byte) {}), net.Subprocess(), net.SelectModule(), code.CodecsModule(),
		},
	})
	in.Set("serve", net.Serve())
	return in, &out
}

// neverFail are calls without an error that would be worth a word: they take
// no arguments, or anything.
var neverFail = regexp.MustCompile(`^(socket\.(detach|fileno|getblocking|gettimeout|close|gethostname)` +
	`|server\.stop|Popen\.(poll|kill|terminate)|pipe\.(readable|writable)|select\.poll|os\.getpid|stat\..*` +
	`|time\.(time|time_ns|monotonic|perf_counter|ctime)|sys\.getsizeof|IncrementalDecoder(\.reset)?|repr|ascii|callable|dir|id|bool` +
	`|int\.bit_length|float\.is_integer|[a-z]+\.(copy|clear|reverse|count|items|keys|values)|list\.append` +
	`|(str|bytes|bytearray)\.(splitlines|upper|lower|casefold|title|capitalize|swapcase|is[a-z]+))$`)

func TestEveryCallSaysItsArgumentsResultAndErrors(t *testing.T) {
	list := code.CallDocs()
	require.Greater(t, len(list), 200)
	for _, d := range list {
		assert.NotEmpty(t, d.Sig, d.Path)
		assert.False(t, d.Help.Empty(), d.Path)
		assert.False(t, d.Result.Empty(), "%s: no result", d.Path)
		assert.NotEmpty(t, d.Source, "%s: no source", d.Path)
		assert.NotEmpty(t, d.Example, "%s: no example", d.Path)
		if !neverFail.MatchString(d.Path) {
			assert.NotEmpty(t, d.Errors, "%s: no errors", d.Path)
		}
		params := parameters(d.Sig)
		if !known[d.Path+" code"] {
			assert.Equal(t, len(params) == 0, len(d.Args) == 0, "%s: arguments of %s", d.Path, d.Sig)
		}
		for _, a := range d.Args {
			for _, name := range strings.Split(a.Name, ", ") {
				assert.True(t, slices.Contains(params, name) || known[d.Path+" "+name], "%s: %s has no argument %s", d.Path, d.Sig, name)
			}
		}
	}
}

// known are arguments that the signature leaves to "…".
var known = map[string]bool{
	"socket.socket fileno": true, "serve …": true, "subprocess.Popen env": true, "sys.exit code": true, "exit code": true,
	"quit code": true, "socket.bind address": true, "socket.connect address": true, "socket.connect_ex address": true,
	"socket.sendto address": true, "socket.create_connection address": true, "socket.create_server address": true,
}

// parameters are the names in a signature.
func parameters(sig string) []string {
	_, list, _ := strings.Cut(sig, "(")
	list = strings.TrimSuffix(list, ")")
	list = strings.NewReplacer("(host, port)", "address", "=()", "", "[", "", "]", "").Replace(list)
	var names []string
	for _, p := range strings.Split(list, ", ") {
		name, _, _ := strings.Cut(strings.Trim(p, "* "), "=")
		if name != "" {
			names = append(names, name)
		}
	}
	return names
}

func TestErrnosOfTheDocsExistAndSayWhatTheyMean(t *testing.T) {
	used := map[string]bool{}
	for _, d := range code.CallDocs() {
		for _, e := range d.Errors {
			assert.NotEmpty(t, e.Kind, "%s: %s", d.Path, e.Symbol)
			assert.False(t, e.Why.Empty(), "%s: %s", d.Path, e.Symbol)
			if e.Symbol == "" {
				continue
			}
			used[e.Symbol] = true
			known, ok := code.FindErrno(e.Symbol)
			assert.True(t, ok, "%s: %s is no errno that help knows", d.Path, e.Symbol)
			assert.Equal(t, known.Kind, e.Kind)
		}
	}
	for _, e := range code.Errnos() {
		assert.True(t, used[e.Symbol], "no call gives %s", e.Symbol)
		assert.NotEmpty(t, code.Givers(e.Symbol), e.Symbol)
	}
	e, ok := code.FindErrno("111")
	require.True(t, ok)
	assert.Equal(t, "ECONNREFUSED", e.Symbol)
	assert.Equal(t, "ConnectionRefusedError", e.Kind)
}

// sentence matches what is more than code.
var sentence = regexp.MustCompile(`[a-z]{3,} `)

func TestDocsAreSaidInChineseToo(t *testing.T) {
	for _, d := range code.CallDocs() {
		texts := []words.Text{d.Help, d.Result, d.Notes}
		for _, a := range d.Args {
			texts = append(texts, a.Words)
		}
		for _, e := range d.Errors {
			texts = append(texts, e.Why)
		}
		for _, text := range texts {
			if en := text.In(words.English); en != "" && sentence.MatchString(en) {
				assert.NotEqual(t, en, text.In(words.Chinese), "%s", d.Path)
			}
		}
	}
}

func TestDescribeFindsCallsByEveryNameTheyHave(t *testing.T) {
	in, _ := whole(t)
	require.NoError(t, run(t, in, "phone = socket.socket()\nreceive = phone.recv\nmine = struct.pack\nfrom struct import unpack\nn = 5\nf = phone.makefile()"))
	for path, want := range map[string]string{
		"phone.recv": "socket.recv", "receive": "socket.recv", "recv": "socket.recv", "socket.recv": "socket.recv",
		"nobody.recv": "socket.recv", "socket": "socket.socket", "socket.socket": "socket.socket", "mine": "struct.pack",
		"unpack": "struct.unpack", "pack": "struct.pack", "f.readline": "file.readline", "subprocess.Popen": "subprocess.Popen",
		"Popen": "subprocess.Popen", "Popen.wait": "Popen.wait", "subprocess.Popen.wait": "Popen.wait", "wait": "Popen.wait",
		"os.path.exists": "os.path.exists", "str.split": "str.split", "split": "str.split", "b''.split": "str.split",
		"int.from_bytes": "int.from_bytes", "bytes.fromhex": "bytes.fromhex", "dict.get": "dict.get", "decode": "bytes.decode",
		"serve": "serve", "print": "print", "struct.Struct": "struct.Struct", "Struct.unpack": "Struct.unpack", "poll.register": "poll.register",
	} {
		d, ok := in.Describe(path)
		if assert.True(t, ok, path) {
			assert.Equal(t, want, d.Path, path)
			assert.True(t, d.Call(), path)
			assert.NotEmpty(t, d.Sig, path)
		}
	}
	for _, path := range []string{"phone.nope", "n.nope", "socket.nope", "nope", "", ".", "a..b", "socket."} {
		_, ok := in.Describe(path)
		assert.False(t, ok, "%q", path)
	}
	d, ok := in.Describe("n")
	require.True(t, ok)
	assert.Equal(t, "n: int", d.Sig)
	assert.False(t, d.Call())
	d, ok = in.Describe("struct")
	require.True(t, ok)
	assert.Contains(t, d.Members, "pack")
}
