//go:build !linux

package kernel

// Rows needs Linux.
func Rows(int) ([]Row, error) { return nil, ErrUnsupported }
