//go:build !linux

package kernel

// Owner needs Linux.
func Owner(uint64) (pid int, name string, ok bool) { return 0, "", false }
