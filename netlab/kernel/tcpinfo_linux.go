package kernel

import "golang.org/x/sys/unix"

// ReadTCPInfo is getsockopt(TCP_INFO) on the descriptor fd. Not for TIME_WAIT:
// that is an object of its own, and a descriptor still open says CLOSE.
func ReadTCPInfo(fd int) (TCPInfo, error) {
	raw, err := unix.GetsockoptTCPInfo(fd, unix.IPPROTO_TCP, unix.TCP_INFO)
	if err != nil {
		return TCPInfo{}, err
	}
	info := TCPInfo{
		State:   State(raw.State),
		SegsOut: int(raw.Segs_out), SegsIn: int(raw.Segs_in),
		DataOut: int(raw.Data_segs_out), DataIn: int(raw.Data_segs_in),
		Retransmits: int(raw.Total_retrans),
		BytesAcked:  raw.Bytes_acked, BytesIn: raw.Bytes_received,
	}
	if info.State == Listen {
		// tcp_get_info puts the accept queue into these two fields.
		info.Queued, info.Backlog = int(raw.Unacked), int(raw.Sacked)
	}
	return info, nil
}
