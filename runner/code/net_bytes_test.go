package code_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestABytearrayIsReadIntoAndSent(t *testing.T) {
	in, out, _ := lab(t)
	require.NoError(t, run(t, in, `
a, b = socket.socket(), socket.socket()
a.bind(("127.0.0.1", 0))
a.listen(1)
b.connect(a.getsockname())
conn, addr = a.accept()
print(b.send(bytearray(b"hello")), b.sendall(bytearray(b" world")))
buf = bytearray(b"........")
print(conn.recv_into(buf, 4, socket.MSG_WAITALL), buf)
print(conn.recv_into(buf) >= 1)
b.close()
while conn.recv_into(buf): pass
print(conn.recv_into(bytearray()), conn.recv_into(buffer=buf, nbytes=2))
`))
	assert.Equal(t, "5 None\n4 bytearray(b'hell....')\nTrue\n0 0\n", out.String())
	for code, want := range map[string]string{
		"conn.recv_into(b'abc')":          "TypeError: recv_into() argument 1 must be read-write bytes-like object, not bytes",
		"conn.recv_into(bytearray(2), 3)": "ValueError: buffer too small for requested bytes",
		"conn.recv_into(buf, -1)":         "ValueError: negative buffersize in recv_into",
		"conn.recv_into()":                "TypeError: recv_into() missing required argument 'buffer' (pos 1)",
	} {
		assert.EqualError(t, run(t, in, code), want)
	}
}
