package pack

// class is how the bytes of a format character are read.
type class uint8

const (
	classPad     class = iota // x
	classChar                 // c
	classSigned               // b h i l q n
	classUnsign               // B H I L Q N
	classPointer              // P
	classBool                 // ?
	classFloat                // e f d
	classText                 // s
	classPascal               // p
)

// code is a format character in one of the two tables: its size, and the
// multiple of what its offset must be.
type code struct {
	char  byte
	class class
	size  int
	align int
}

// nativeCodes are the sizes and alignments of the System V ABI on amd64, §3.1.2,
// and of AAPCS64 on arm64, which are the same for these types.
var nativeCodes = table([]code{
	{'x', classPad, 1, 1}, {'c', classChar, 1, 1}, {'s', classText, 1, 1}, {'p', classPascal, 1, 1},
	{'b', classSigned, 1, 1}, {'B', classUnsign, 1, 1}, {'?', classBool, 1, 1},
	{'h', classSigned, 2, 2}, {'H', classUnsign, 2, 2},
	{'i', classSigned, 4, 4}, {'I', classUnsign, 4, 4},
	{'l', classSigned, 8, 8}, {'L', classUnsign, 8, 8},
	{'q', classSigned, 8, 8}, {'Q', classUnsign, 8, 8},
	{'n', classSigned, 8, 8}, {'N', classUnsign, 8, 8},
	{'P', classPointer, 8, 8},
	{'e', classFloat, 2, 2}, {'f', classFloat, 4, 4}, {'d', classFloat, 8, 8},
})

// standardCodes are the sizes behind = < > and !, where nothing is aligned.
// ssize_t, size_t and pointers have no standard size, so n, N and P are not
// among them.
var standardCodes = table([]code{
	{'x', classPad, 1, 1}, {'c', classChar, 1, 1}, {'s', classText, 1, 1}, {'p', classPascal, 1, 1},
	{'b', classSigned, 1, 1}, {'B', classUnsign, 1, 1}, {'?', classBool, 1, 1},
	{'h', classSigned, 2, 1}, {'H', classUnsign, 2, 1},
	{'i', classSigned, 4, 1}, {'I', classUnsign, 4, 1},
	{'l', classSigned, 4, 1}, {'L', classUnsign, 4, 1},
	{'q', classSigned, 8, 1}, {'Q', classUnsign, 8, 1},
	{'e', classFloat, 2, 1}, {'f', classFloat, 4, 1}, {'d', classFloat, 8, 1},
})

func table(list []code) *[256]code {
	t := new([256]code)
	for _, c := range list {
		t[c.char] = c
	}
	return t
}
