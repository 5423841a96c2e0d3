package code

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestModuleCodecs(t *testing.T) {
	cases := []struct{ code, out, err string }{
		{"d = codecs.getincrementaldecoder('utf-8')()\nprint([d.decode(bytes([x])) for x in '你a'.encode()])", "['', '', '你', 'a']\n", ""},
		{"d = codecs.getincrementaldecoder('gbk')('replace')\nprint(d.errors, d.decode(b'\\xc4'), d.decode(b'\\xe3'), d.decode(b'\\xba', final=True))", "replace  你 \ufffd\n", ""},
		{"d = codecs.getincrementaldecoder('utf-8')()\nd.decode(b'\\xe4\\xbd')\nd.reset()\nprint(d.decode(b'a', True))", "a\n", ""},
		{"codecs.getincrementaldecoder('utf-8')().decode(b'\\xe4\\xbd', True)", "", "UnicodeDecodeError: 'utf-8' codec can't decode bytes in position 0-1: unexpected end of data"},
		{"print(codecs.decode(b'\\xc4\\xe3', 'gbk'), codecs.encode('你', 'gbk'), codecs.decode(b'\\xff', errors='ignore') == '')", "你 b'\\xc4\\xe3' True\n", ""},
		{"c = codecs.lookup('latin1')\nprint(c.name, c.encode('é'), c.decode(b'\\xe9'), c.incrementaldecoder().decode(b'\\xe9'))", "iso8859-1 (b'\\xe9', 1) ('é', 1) é\n", ""},
		{"print(codecs.BOM_UTF8, codecs.lookup('utf8'))", "b'\\xef\\xbb\\xbf' <codecs.CodecInfo object for encoding utf-8>\n", ""},
		{"codecs.lookup('klingon')", "", "LookupError: unknown encoding: klingon"},
		{"codecs.getincrementaldecoder('klingon')", "", "LookupError: unknown encoding: klingon"},
		{"codecs.decode('text')", "", "TypeError: a bytes-like object is required, not 'str'"},
		{"codecs.encode(b'bytes')", "", "TypeError: encode() argument 'str' must be str, not bytes"},
		{"codecs.getincrementaldecoder('ascii')().decod", "", "AttributeError: 'IncrementalDecoder' object has no attribute 'decod'"},
	}
	for _, c := range cases {
		t.Run(c.code, func(t *testing.T) {
			out, err := runCode(t, Config{Modules: []*Module{CodecsModule()}}, Source{Text: "import codecs\n" + c.code})
			if c.err == "" {
				require.Nil(t, err, "%v", err)
				assert.Equal(t, c.out, out)
				return
			}
			require.NotNil(t, err)
			assert.Equal(t, c.err, err.Error())
		})
	}
}

func TestSpansAreWhatDecodeReads(t *testing.T) {
	spans, err := Spans([]byte("中文a"), "gbk")
	require.NoError(t, err)
	assert.Equal(t, []Span{
		{From: 0, To: 2, Text: "涓"}, {From: 2, To: 3, Err: "illegal multibyte sequence"}, {From: 3, To: 5, Text: "鏂"}, {From: 5, To: 7, Text: "嘺"},
	}, spans)
	spans, err = Spans([]byte("\xfe\xff\x4e\x2d\x00"), "utf-16")
	require.NoError(t, err)
	assert.Equal(t, []Span{{To: 2}, {From: 2, To: 4, Text: "中"}, {From: 4, To: 5, Err: "truncated data"}}, spans)
	_, err = Spans(nil, "klingon")
	assert.ErrorContains(t, err, "unknown encoding: klingon")
}
