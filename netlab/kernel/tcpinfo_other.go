//go:build !linux

package kernel

// ReadTCPInfo needs Linux.
func ReadTCPInfo(int) (TCPInfo, error) { return TCPInfo{}, ErrUnsupported }

// InfoWorks reports whether TCP_INFO is answered on this system.
func InfoWorks() bool { return false }
