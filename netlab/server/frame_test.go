package server_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/server"
)

// pieces is a stream that gives at most limit bytes at a time, as recv does.
func pieces(stream []byte, limit int) func([]byte) (int, error) {
	return func(p []byte) (int, error) {
		n := copy(p[:min(len(p), max(limit, 1))], stream)
		stream = stream[n:]
		return n, nil
	}
}

func TestFramesInPieces(t *testing.T) {
	messages := [][]byte{[]byte("ls"), {}, bytes.Repeat([]byte("x"), 70_000), []byte("粘包")}
	var stream []byte
	for _, m := range messages {
		stream = server.AppendFrame(stream, m)
	}
	for _, limit := range []int{1, 5, 4096, 1 << 20} {
		read := pieces(stream, limit)
		for _, want := range messages {
			got, err := server.ReadFrame(read, 1<<20)
			require.NoError(t, err)
			assert.Len(t, got, len(want))
			assert.True(t, bytes.Equal(want, got))
		}
		_, err := server.ReadFrame(read, 1<<20)
		require.ErrorIs(t, err, io.EOF, "between two frames")
	}
}

func TestFramesThatAreNone(t *testing.T) {
	cases := []struct{ name, stream, want string }{
		{"text", "GET / HTTP/1.0\r\n", `a length of 1195725856 bytes ("GET "), more than the 100 allowed`},
		{"2 GB", "\x80\x00\x00\x00", "a length of 2147483648 bytes"},
		{"a negative length", "\xff\xff\xff\xff", "a length of 4294967295 bytes"},
		{"half a header", "\x00\x00", "the end of the stream within a header: got 2 of 4 bytes"},
		{"half a message", "\x00\x00\x00\x05ab", "the end of the stream within a message: got 2 of 5 bytes"},
		{"no message", "\x00\x00\x00\x05", "the end of the stream before the message"},
	}
	for _, c := range cases {
		_, err := server.ReadFrame(pieces([]byte(c.stream), 3), 100)
		var fault *server.FrameError
		require.ErrorAs(t, err, &fault, c.name)
		assert.Contains(t, fault.Reason, c.want, c.name)
	}
	broken := errors.New("reset")
	_, err := server.ReadFrame(func([]byte) (int, error) { return 0, broken }, 100)
	require.ErrorIs(t, err, broken)
}

func FuzzReadFrame(f *testing.F) {
	f.Add([]byte("\x00\x00\x00\x02ls\x00\x00\x00\x00GET "), 1)
	f.Fuzz(func(t *testing.T, stream []byte, limit int) {
		read := pieces(stream, limit%4096)
		var back []byte
		for {
			m, err := server.ReadFrame(read, 1<<16)
			if err != nil {
				break
			}
			back = server.AppendFrame(back, m)
		}
		assert.True(t, bytes.HasPrefix(stream, back), "what was read is what was sent")
	})
}
