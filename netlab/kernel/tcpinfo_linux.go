package kernel

import (
	"sync"
	"unsafe"

	"golang.org/x/sys/unix"
)

// ReadTCPInfo is getsockopt(TCP_INFO) on the descriptor fd. Not for TIME_WAIT:
// that is an object of its own, and a descriptor still open says CLOSE.
func ReadTCPInfo(fd int) (TCPInfo, error) {
	if observers.Load() == int32(NoObservers) {
		return TCPInfo{}, ErrUnsupported
	}
	raw, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO)
	if err != nil {
		return TCPInfo{}, err
	}
	return infoOf(raw, int(unsafe.Sizeof(*raw))), nil
}

// InfoWorks reports whether TCP_INFO is answered on this system: it asks a
// socket that is closed again.
func InfoWorks() bool {
	if observers.Load() == int32(NoObservers) {
		return false
	}
	return infoWorks()
}

var infoWorks = sync.OnceValue(func() bool {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_STREAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return true // no descriptor is left: that says nothing of TCP_INFO
	}
	defer unix.Close(fd)
	_, err = ReadTCPInfo(fd)
	return err == nil
})

// parseTCPInfo reads the struct as the kernel sent it: how long it is depends
// on the kernel's age.
func parseTCPInfo(p []byte) TCPInfo {
	var raw unix.TCPInfo
	n := copy((*[unsafe.Sizeof(raw)]byte)(unsafe.Pointer(&raw))[:], p)
	return infoOf(&raw, n)
}

// infoOf takes what is needed of the first n bytes.
func infoOf(raw *unix.TCPInfo, n int) TCPInfo {
	info := TCPInfo{
		State:   stateOf(raw.State),
		SegsOut: int(raw.Segs_out), SegsIn: int(raw.Segs_in),
		DataOut: int(raw.Data_segs_out), DataIn: int(raw.Data_segs_in),
		Retransmits: int(raw.Total_retrans),
		BytesAcked:  raw.Bytes_acked, BytesIn: raw.Bytes_received,
	}
	if n < int(unsafe.Offsetof(raw.Segs_in)+4) {
		info.SegsOut, info.SegsIn = -1, -1
	}
	if n < int(unsafe.Offsetof(raw.Data_segs_out)+4) {
		info.DataOut, info.DataIn = -1, -1
	}
	if info.State == Listen {
		// tcp_get_info puts the accept queue into these two fields.
		info.Queued, info.Backlog = int(raw.Unacked), int(raw.Sacked)
	}
	return info
}
