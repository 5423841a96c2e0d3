package pack

import "iter"

// An Item is the bytes of one value, or of padding that stands together.
type Item struct {
	Code   byte // the format character; 0 for the padding of alignment
	Offset int
	Size   int
	Pad    bool
	Value  int // the number of its value, from 0; -1 for padding

	code code
}

// Items yields the format's items in the order of their offsets. It makes no
// list: a format of a few characters may have a billion of them.
func (f *Format) Items() iter.Seq[Item] {
	return func(yield func(Item) bool) {
		value := 0
		for _, field := range f.fields {
			it := Item{Code: field.Code, Offset: field.Offset, Size: field.Size, Pad: field.Pad, Value: -1, code: field.code}
			if field.Pad {
				if field.Size > 0 && !yield(it) {
					return
				}
				continue
			}
			n := field.Values()
			if n != 1 {
				it.Size = field.code.size
			}
			for range n {
				it.Value = value
				if !yield(it) {
					return
				}
				it.Offset += it.Size
				value++
			}
		}
	}
}

// Ordered reports whether the order of the bytes matters: a number of more than
// one byte.
func (it Item) Ordered() bool {
	switch it.code.class {
	case classSigned, classUnsign, classPointer, classFloat:
		return it.Size > 1
	}
	return false
}

// IsText reports whether the value is bytes: c, s and p.
func (it Item) IsText() bool {
	switch it.code.class {
	case classChar, classText, classPascal:
		return true
	}
	return false
}

// Bytes are the item's bytes within those of the whole format.
func (it Item) Bytes(data []byte) []byte { return data[it.Offset : it.Offset+it.Size] }

// Read is the item's value in the bytes of the whole format, if its numbers
// stand in the given order; nil for padding. The types are those of
// [Format.Unpack].
func (it Item) Read(data []byte, order Order) any {
	if it.Pad {
		return nil
	}
	return it.code.read(it.Bytes(data), order)
}
