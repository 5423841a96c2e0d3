package pack

// Other is a value of a type that no format takes; ? takes its truth.
type Other bool

// ByteArray is a bytearray: s and p take it as they take bytes, c does not.
type ByteArray []byte

// Pack writes values as bytes. A value is an int64, int, uint64, *big.Int or
// bool where the format wants an integer, those or a float64 where it wants a
// float, []byte or [ByteArray] where it wants bytes, and anything where it wants
// a bool; [Other] stands for values of other types. The values are not kept,
// and the bytes are new. The error is an *[Error].
func (f *Format) Pack(values []any) ([]byte, error) {
	if err := f.counted("pack", values); err != nil {
		return nil, err
	}
	if f.size > MaxSize {
		return nil, tooLarge(f.size)
	}
	out := make([]byte, f.size)
	if err := f.write(out, values); err != nil {
		return nil, err
	}
	return out, nil
}

// PackInto writes values into a buffer from an offset on, or from the end if it
// is negative; padding becomes zeros. If a value is wrong those before it have
// been written, as in CPython.
func (f *Format) PackInto(buf []byte, offset int, values []any) error {
	if err := f.counted("pack_into", values); err != nil {
		return err
	}
	if offset < 0 {
		if offset+f.size > 0 {
			return fail("no space to pack %d bytes at offset %d", f.size, offset)
		}
		if offset+len(buf) < 0 {
			return fail("offset %d out of range for %d-byte buffer", offset, len(buf))
		}
		offset += len(buf)
	}
	if len(buf)-offset < f.size {
		return f.short("pack_into", "packing", len(buf), offset)
	}
	return f.write(buf[offset:offset+f.size], values)
}

func (f *Format) counted(call string, values []any) error {
	if len(values) != f.values {
		return fail("%s expected %d items for packing (got %d)", call, f.values, len(values))
	}
	return nil
}

// short says how large a buffer would have to be; the sum is an unsigned one.
func (f *Format) short(call, doing string, have, offset int) error {
	return fail("%s requires a buffer of at least %d bytes for %s %d bytes at offset %d (actual buffer size is %d)",
		call, uint64(f.size)+uint64(offset), doing, f.size, offset, have)
}

func (f *Format) write(out []byte, values []any) error {
	clear(out)
	for it := range f.Items() {
		if it.Pad {
			continue
		}
		if err := it.code.write(it.Bytes(out), values[it.Value], f.prefix, f.Order()); err != nil {
			return err
		}
	}
	return nil
}

// write puts one value into its bytes, which are zero.
func (c code) write(p []byte, v any, prefix byte, order Order) error {
	switch c.class {
	case classBool:
		p[0] = boolByte(v)
		return nil
	case classChar:
		b, ok := v.([]byte)
		if !ok || len(b) != 1 {
			return fail("char format requires a bytes object of length 1")
		}
		p[0] = b[0]
		return nil
	case classText, classPascal:
		return c.writeText(p, v)
	}
	var bits uint64
	var err error
	if c.class == classFloat {
		bits, err = c.floatBits(v, prefix)
	} else {
		bits, err = c.integerBits(v, prefix)
	}
	if err == nil {
		order.putBits(p, bits)
	}
	return err
}

// writeText puts in as many bytes as there is room for. In front of those of p
// stands how many, in one byte.
func (c code) writeText(p []byte, v any) error {
	var b []byte
	switch v := v.(type) {
	case []byte:
		b = v
	case ByteArray:
		b = v
	default:
		return fail("argument for '%c' must be a bytes object", c.char)
	}
	if c.class == classText {
		copy(p, b)
		return nil
	}
	if len(p) == 0 { // CPython writes the length byte behind the field
		return nil
	}
	p[0] = byte(min(copy(p[1:], b), 255))
	return nil
}

// boolByte is the truth of a value.
func boolByte(v any) byte {
	truth := v != nil
	switch v := v.(type) {
	case bool:
		truth = v
	case Other:
		truth = bool(v)
	case float64:
		truth = v != 0
	case []byte:
		truth = len(v) > 0
	case ByteArray:
		truth = len(v) > 0
	default:
		if n, ok := asInteger(v); ok {
			truth = n.Sign() != 0
		}
	}
	if truth {
		return 1
	}
	return 0
}
