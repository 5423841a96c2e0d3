//go:build !linux

package kernel

// ReadCounters needs Linux.
func ReadCounters() ([]Counter, error) { return nil, ErrUnsupported }

// ReadLimits needs Linux.
func ReadLimits() ([]Limit, error) { return nil, ErrUnsupported }
