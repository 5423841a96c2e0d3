//go:build !linux

package kernel

// ReadTCPInfo needs Linux.
func ReadTCPInfo(int) (TCPInfo, error) { return TCPInfo{}, ErrUnsupported }
