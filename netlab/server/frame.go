package server

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// headerSize is the length of a frame's header: an unsigned number in network
// order, struct format "!I".
const headerSize = 4

// A FrameError is a frame that is not accepted: too long, or cut off.
type FrameError struct{ Reason string }

func (e *FrameError) Error() string { return e.Reason }

// ReadFrame reads one frame: four bytes of length in network order, then as many
// bytes. read is recv: it gives what there is, and 0 at the end of the stream.
// The end between two frames is io.EOF; within a frame, and with a length of
// more than max, the error is a *[FrameError]. Memory is taken as bytes arrive,
// not as the header promises.
func ReadFrame(read func([]byte) (int, error), max int) ([]byte, error) {
	header, err := readExactly(read, headerSize)
	if err != nil {
		if errors.Is(err, io.EOF) {
			return nil, err
		}
		return nil, within("header", err)
	}
	size := binary.BigEndian.Uint32(header)
	if uint64(size) > uint64(max) {
		return nil, &FrameError{fmt.Sprintf("a length of %d bytes (%q), more than the %d allowed", size, header, max)}
	}
	body, err := readExactly(read, int(size))
	if err != nil {
		return nil, within("message", err)
	}
	return body, nil
}

func within(part string, err error) error {
	var cut *cutError
	switch {
	case errors.As(err, &cut):
		return &FrameError{fmt.Sprintf("the end of the stream within a %s: got %d of %d bytes", part, cut.got, cut.want)}
	case errors.Is(err, io.EOF):
		return &FrameError{"the end of the stream before the " + part}
	}
	return err
}

// cutError is an end of the stream after some of the bytes.
type cutError struct{ got, want int }

func (e *cutError) Error() string { return fmt.Sprintf("got %d of %d bytes", e.got, e.want) }

// maxGrow is how much room is made before bytes for it have come.
const maxGrow = 1 << 16

// readExactly reads n bytes, however they arrive: io.EOF if there is none.
func readExactly(read func([]byte) (int, error), n int) ([]byte, error) {
	var p []byte
	for len(p) < n {
		part := make([]byte, min(n-len(p), maxGrow))
		got, err := read(part)
		if err != nil {
			return nil, err
		}
		if got == 0 && len(p) == 0 {
			return nil, io.EOF
		}
		if got == 0 {
			return nil, &cutError{len(p), n}
		}
		p = append(p, part[:got]...)
	}
	return p, nil
}

// clean reports an end between two frames, or of the connection: no fault of
// the frame's.
func clean(err error) bool {
	var fault *FrameError
	return !errors.As(err, &fault)
}

// AppendFrame puts the header and the message behind p.
func AppendFrame(p, message []byte) []byte {
	return append(binary.BigEndian.AppendUint32(p, uint32(len(message))), message...)
}
