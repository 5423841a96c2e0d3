package pack

import (
	"math"
	"strings"
)

// Order is the order of the bytes of a number.
type Order uint8

// The two orders.
const (
	LittleEndian Order = iota // the lowest byte first
	BigEndian                 // the highest byte first
)

// Other is the other order.
func (o Order) Other() Order { return o ^ 1 }

// String is "little-endian" or "big-endian".
func (o Order) String() string {
	if o == BigEndian {
		return "big-endian"
	}
	return "little-endian"
}

// A Format is a format that has been read. It is immutable.
type Format struct {
	text   string
	prefix byte
	fields []Field
	size   int
	values int
}

// A Field is one format character with its count, or the padding that
// alignment puts in front of one.
type Field struct {
	Code   byte // the format character; 0 for the padding of alignment
	Count  int  // how often; for s and p, and for padding, how many bytes
	Offset int  // of its first byte
	Size   int  // of all its bytes
	Pad    bool // bytes without a value: of alignment, or an x

	code code
}

// Values is how many values the field stands for.
func (f Field) Values() int {
	switch {
	case f.Pad:
		return 0
	case f.code.class == classText || f.code.class == classPascal:
		return 1
	}
	return f.Count
}

// maxFormatSize is the largest size of a format. CPython goes to 2^63 - 1; no
// machine holds what lies between.
const maxFormatSize = 1 << 40

// Parse reads a format. The error is an *[Error].
//
// A prefix chooses byte order, sizes and alignment: '@' or none native ones,
// '=' native order and '<' little-endian, '>' and '!' big-endian order with
// standard sizes and no alignment. Blanks between the parts are ignored.
func Parse(format string) (*Format, error) {
	if strings.IndexByte(format, 0) >= 0 {
		return nil, fail("embedded null character")
	}
	f := &Format{text: format, prefix: '@'}
	rest := format
	if rest != "" && strings.IndexByte("@=<>!", rest[0]) >= 0 {
		f.prefix, rest = rest[0], rest[1:]
	}
	codes := standardCodes
	if f.Native() {
		codes = nativeCodes
	}
	for rest != "" {
		if isSpace(rest[0]) {
			rest = rest[1:]
			continue
		}
		count, digits, ok := leadingCount(rest)
		if !ok {
			return nil, tooLong()
		}
		if rest = rest[digits:]; rest == "" {
			return nil, fail("repeat count given without format specifier")
		}
		c := codes[rest[0]]
		if c.size == 0 {
			return nil, fail("bad char in struct format")
		}
		rest = rest[1:]
		if !f.add(c, count) {
			return nil, tooLong()
		}
	}
	return f, nil
}

func tooLong() *Error { return fail("total struct size too long") }

// isSpace is Py_ISSPACE: a count and its character are not parted by one.
func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// leadingCount is the repeat count at the beginning of a format, 1 if there is
// none, and how many digits it has.
func leadingCount(s string) (count, digits int, ok bool) {
	for digits < len(s) && '0' <= s[digits] && s[digits] <= '9' {
		d := int(s[digits] - '0')
		if count > (math.MaxInt-d)/10 {
			return 0, 0, false
		}
		count = count*10 + d
		digits++
	}
	if digits == 0 {
		count = 1
	}
	return count, digits, true
}

// add puts a field at the end, after the padding that it needs. Padding comes
// before a field only: that is why "ic" has 5 bytes and "ic0i" has 8.
func (f *Format) add(c code, count int) bool {
	if gap := -f.size & (c.align - 1); gap > 0 {
		f.fields = append(f.fields, Field{Count: gap, Offset: f.size, Size: gap, Pad: true})
		f.size += gap
	}
	if count > (maxFormatSize-f.size)/c.size {
		return false
	}
	field := Field{Code: c.char, Count: count, Offset: f.size, Size: count * c.size, Pad: c.class == classPad, code: c}
	f.fields = append(f.fields, field)
	f.size += field.Size
	f.values += field.Values()
	return true
}

// String is the format as it was written.
func (f *Format) String() string { return f.text }

// Size is how many bytes the format stands for: struct.calcsize.
func (f *Format) Size() int { return f.size }

// Values is how many values the format stands for.
func (f *Format) Values() int { return f.values }

// Fields lists the fields, padding among them, in the order of their offsets.
func (f *Format) Fields() []Field { return append([]Field(nil), f.fields...) }

// Prefix is the character that chose order, sizes and alignment; '@' if there
// was none.
func (f *Format) Prefix() byte { return f.prefix }

// Native reports whether sizes and alignment are those of the machine.
func (f *Format) Native() bool { return f.prefix == '@' }

// Order is the order of the bytes of its numbers.
func (f *Format) Order() Order {
	if f.prefix == '>' || f.prefix == '!' {
		return BigEndian
	}
	return LittleEndian
}
