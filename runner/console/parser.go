//go:build linux || darwin

package console

import (
	"errors"
	"os"
	"sync"
	"time"

	prompt "github.com/c-bata/go-prompt"
	"golang.org/x/sys/unix"
)

// knownKey reports whether go-prompt has a key for an escape sequence. It
// inserts the others as text.
func knownKey(seq []byte) bool {
	return prompt.GetKey(seq) != prompt.NotDefined && string(seq) != string(wakeKey)
}

var errNoKey = errors.New("console: no key")

// parser is the input half of go-prompt: it makes the terminal raw for a
// prompt and gives out keys one by one. go-prompt calls Read again and again,
// every 10 ms, on a goroutine of its own.
//
// Input drops the keys that its goroutine has read beyond the one it returns
// at. So after a key that may end it the parser holds the others back.
type parser struct {
	mu      sync.Mutex
	fd      int // /dev/tty, non-blocking, our own; -1 when closed
	cooked  unix.Termios
	raw     bool
	closed  bool
	gone    bool // the terminal hung up
	retired bool // go-prompt has failed; its goroutine may still read
	window  *os.File

	keys     keys
	typist   *typist // who presses the keys; nil for the one at the keyboard
	chunk    []byte
	last     byte // the first byte of the last key
	choosing bool // a suggestion may be chosen
	hold     holding
	given    int // keys since Setup
	drawn    int // drawings since Setup: one at first, one per key that ends nothing

	wanted    bool // someone wants Input to return
	half      bool // the first key of a wake is out, the second is not
	waking    bool // the key that wakes is out and go-prompt has not seen it
	afterWake bool // a key goes before the next wake
}

type holding int

const (
	free          holding = iota
	untilSetup            // Input returns at this key
	untilAllDrawn         // Input returns at this key if the line is empty
)

func openParser(window *os.File) (*parser, error) {
	fd, err := unix.Open("/dev/tty", unix.O_RDONLY|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	if err != nil {
		return nil, os.NewSyscallError("open", err)
	}
	cooked, err := unix.IoctlGetTermios(fd, ioctlGet)
	if err != nil {
		_ = unix.Close(fd)
		return nil, os.NewSyscallError("ioctl", err)
	}
	p := &parser{fd: fd, cooked: *cooked, window: window, chunk: make([]byte, 32<<10)}
	p.keys.known = knownKey
	return p, nil
}

// Setup makes the terminal raw, as go-prompt's own parser does: output is
// still processed, so that a newline returns the carriage.
func (p *parser) Setup() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.hold, p.given, p.drawn, p.half, p.waking = free, 0, 0, false, false
	if p.closed {
		return nil
	}
	t := p.cooked
	t.Iflag &^= unix.IGNBRK | unix.BRKINT | unix.PARMRK | unix.ISTRIP |
		unix.INLCR | unix.IGNCR | unix.ICRNL | unix.IXON
	t.Lflag &^= unix.ECHO | unix.ICANON | unix.IEXTEN | unix.ISIG | unix.ECHONL
	t.Cflag &^= unix.CSIZE | unix.PARENB
	t.Cflag |= unix.CS8
	t.Cc[unix.VMIN], t.Cc[unix.VTIME] = 1, 0
	p.raw = true
	return os.NewSyscallError("ioctl", unix.IoctlSetTermios(p.fd, ioctlSet, &t))
}

// TearDown gives the terminal back as it was found. go-prompt's own parser
// changes the copy it restores from, which leaves the terminal raw.
func (p *parser) TearDown() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.restore()
}

func (p *parser) restore() error {
	if p.closed || !p.raw {
		return nil
	}
	p.raw = false
	return os.NewSyscallError("ioctl", unix.IoctlSetTermios(p.fd, ioctlSet, &p.cooked))
}

// close restores the terminal for good and lets an Input that runs return.
func (p *parser) close() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return nil
	}
	err := p.restore()
	_ = unix.Close(p.fd)
	p.fd, p.closed, p.wanted = -1, true, true
	return err
}

// retire gives out no key any more and leaves the terminal as it was found.
func (p *parser) retire() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.restore()
	p.retired = true
}

// GetWinSize says how wide the window is. The height is without bound: for a
// line that does not fit, go-prompt would erase the screen and complain.
func (p *parser) GetWinSize() *prompt.WinSize {
	cols, _ := sizeOf(p.window)
	return &prompt.WinSize{Row: 1<<16 - 1, Col: uint16(min(max(cols, 8), 1<<15))}
}

// Read gives out the next key.
func (p *parser) Read() ([]byte, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.retired || p.hold != free {
		return nil, errNoKey
	}
	if p.half {
		return p.wakeWith([]byte{keyTab}), nil
	}
	fresh := p.fill()
	if p.gone || p.closed || p.wanted && !p.afterWake {
		return p.wakeUp(), nil
	}
	if key := p.next(!fresh); key != nil {
		p.give(key)
		return key, nil
	}
	if p.wanted {
		return p.wakeUp(), nil
	}
	return nil, errNoKey
}

func (p *parser) next(idle bool) []byte {
	if p.typist != nil {
		return p.typist.key(&p.keys, idle, time.Now())
	}
	return p.keys.next(idle)
}

// fill reads what the terminal has and reports whether that was anything.
func (p *parser) fill() bool {
	fresh := false
	for !p.closed && !p.gone {
		n, err := unix.Read(p.fd, p.chunk)
		switch {
		case n > 0:
			p.keys.add(p.chunk[:n])
			fresh = true
		case errors.Is(err, unix.EINTR):
		case errors.Is(err, unix.EAGAIN), err == nil && !p.raw:
			// Nothing at all, or a Ctrl-D typed while a command ran.
			return fresh
		default:
			p.gone = true
		}
	}
	return fresh
}

func (p *parser) give(key []byte) {
	p.given++
	p.afterWake = false
	p.last = key[0]
	switch p.last {
	case keyEnter, keyCtrlC:
		p.hold = untilSetup
	case keyCtrlD:
		p.hold = untilAllDrawn
	}
	switch prompt.GetKey(key) {
	case prompt.Tab, prompt.BackTab:
		p.choosing = true
	case prompt.Up, prompt.Down:
	default:
		p.choosing = false
	}
}

// drew is called when go-prompt has drawn the line, after which it waits for
// the next key.
func (p *parser) drew() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.drawn++
	if p.hold == untilAllDrawn && p.drawn > p.given {
		p.hold = free
	}
}

// interrupt drops what was typed ahead and, if a prompt shows, presses Ctrl-C.
func (p *parser) interrupt(atPrompt bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.keys.drop(len(p.keys.buf))
	if atPrompt {
		p.keys.add([]byte{keyCtrlC})
	}
}

// state says why Input returned.
func (p *parser) state() (last byte, gone, closed bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.last, p.gone, p.closed
}

// peek returns the next line if it is there within the time. The terminal
// must not be at a prompt.
func (p *parser) peek(within time.Duration) (string, bool) {
	deadline := time.Now().Add(within)
	for {
		p.mu.Lock()
		p.fill()
		line, n, _ := p.keys.line()
		p.mu.Unlock()
		if n > 0 {
			return line, true
		}
		if !time.Now().Before(deadline) {
			return "", false
		}
		time.Sleep(2 * time.Millisecond)
	}
}

// takeLine takes the next line if all of it is there and is nothing but text.
func (p *parser) takeLine() (string, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fill()
	line, n, pure := p.keys.line()
	if n == 0 || !pure {
		return "", false
	}
	p.keys.drop(n)
	return line, true
}
