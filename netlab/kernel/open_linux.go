package kernel

import (
	"errors"
	"sync"

	"golang.org/x/sys/unix"
)

// A Table is the kernel's table of sockets. It is safe for concurrent use;
// whoever opened it closes it.
type Table struct {
	mu  sync.Mutex
	src source
}

// Open opens the table: sock_diag, or /proc/net where that is refused. Errors:
// ErrUnsupported, and EMFILE, after which it is worth trying again.
func Open() (*Table, error) {
	switch Observers(observers.Load()) {
	case NoObservers:
		return nil, ErrUnsupported
	case AllObservers:
		d, err := openDiag()
		if err == nil {
			return &Table{src: d}, nil
		}
		if errors.Is(err, unix.EMFILE) || errors.Is(err, unix.ENFILE) {
			return nil, err // which is no refusal and will pass
		}
	}
	p, err := openProc()
	if err != nil {
		return nil, err
	}
	return &Table{src: p}, nil
}

// Works reports why a source of the table cannot be used here, nil if it can.
func Works(src Source) error {
	use := Observers(observers.Load())
	switch {
	case use == NoObservers, src == SockDiag && use == ProcObservers:
		return ErrUnsupported
	case src == SockDiag:
		d, err := openDiag()
		if err == nil {
			err = d.close()
		}
		return err
	}
	_, err := openProc()
	return err
}
