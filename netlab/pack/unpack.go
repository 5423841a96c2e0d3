package pack

// Unpack reads the values in exactly as many bytes as the format has: int64 for
// signed integers, uint64 for unsigned ones, float64, bool, and []byte, which
// are copies. The error is an *[Error].
func (f *Format) Unpack(data []byte) ([]any, error) {
	if len(data) != f.size {
		return nil, fail("unpack requires a buffer of %d bytes", f.size)
	}
	return f.read(data), nil
}

// UnpackFrom reads the values from an offset on, or from the end if it is
// negative. Bytes behind them are ignored.
func (f *Format) UnpackFrom(data []byte, offset int) ([]any, error) {
	if offset < 0 {
		if offset+f.size > 0 {
			return nil, fail("not enough data to unpack %d bytes at offset %d", f.size, offset)
		}
		if offset+len(data) < 0 {
			return nil, fail("offset %d out of range for %d-byte buffer", offset, len(data))
		}
		offset += len(data)
	}
	if len(data)-offset < f.size {
		return nil, f.short("unpack_from", "unpacking", len(data), offset)
	}
	return f.read(data[offset : offset+f.size]), nil
}

// Times is how often the format fits into a number of bytes, for reading them
// piece by piece: it must fit exactly.
func (f *Format) Times(size int) (int, error) {
	if f.size == 0 {
		return 0, fail("cannot iteratively unpack with a struct of length 0")
	}
	if size%f.size != 0 {
		return 0, fail("iterative unpacking requires a buffer of a multiple of %d bytes", f.size)
	}
	return size / f.size, nil
}

func (f *Format) read(data []byte) []any {
	values := make([]any, 0, f.values)
	for it := range f.Items() {
		if !it.Pad {
			values = append(values, it.Read(data, f.Order()))
		}
	}
	return values
}

// read is the value of the bytes of one item.
func (c code) read(p []byte, order Order) any {
	switch c.class {
	case classBool:
		return p[0] != 0
	case classChar, classText:
		return append([]byte{}, p...)
	case classPascal:
		if len(p) == 0 { // CPython fails with a SystemError
			return []byte{}
		}
		return append([]byte{}, p[1:1+min(int(p[0]), len(p)-1)]...)
	}
	bits := order.getBits(p)
	switch c.class {
	case classFloat:
		return c.readFloat(bits)
	case classSigned:
		unused := 64 - 8*c.size
		return int64(bits<<unused) >> unused
	}
	return bits
}
