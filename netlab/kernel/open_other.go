//go:build !linux

package kernel

import "sync"

// A Table is the kernel's table of sockets, which this system does not show.
type Table struct {
	mu  sync.Mutex
	src source
}

// Open needs Linux.
func Open() (*Table, error) { return nil, ErrUnsupported }

// Works reports why a source of the table cannot be used here.
func Works(Source) error { return ErrUnsupported }
