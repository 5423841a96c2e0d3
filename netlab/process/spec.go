package process

import "os"

// Spec says what to start and how.
type Spec struct {
	// Args are the arguments, the program first. Without a slash it is looked
	// for in the PATH of Env.
	Args []string
	// The first three descriptors; the zero Stdio is Inherit.
	Stdin, Stdout, Stderr Stdio
	// Dir is the working directory; "" is the caller's.
	Dir string
	// Env is the environment, "NAME=value" each; nil is the caller's.
	Env []string
	// Limits, if not nil, keep the process small: see there for what else
	// they change.
	Limits *Limits
}

// Stdio is what one of the first three descriptors of a process is.
type Stdio struct {
	kind stdioKind
	file *os.File
}

type stdioKind uint8

const (
	inherit stdioKind = iota
	piped
	null
	toStdout
	toFile
)

// The kinds of Stdio beside [File].
var (
	Inherit  = Stdio{}               // the caller's own
	Piped    = Stdio{kind: piped}    // a pipe, whose other end the Process has
	Null     = Stdio{kind: null}     // /dev/null
	ToStdout = Stdio{kind: toStdout} // of stderr alone: whatever stdout is
)

// File gives the process a copy of the descriptor of f, which is put into
// blocking mode (os.File.Fd). The caller closes f.
func File(f *os.File) Stdio { return Stdio{kind: toFile, file: f} }

// IsInherit reports whether the descriptor is the caller's own.
func (s Stdio) IsInherit() bool { return s.kind == inherit }
