package kernel

// TCPInfo is what the kernel counts for one TCP socket. For a listener Queued
// and Backlog are its accept queue and that queue's limit, and the segment
// counters are 0. A counter that this kernel does not report is -1.
type TCPInfo struct {
	State               State
	Queued, Backlog     int
	SegsOut, SegsIn     int // segments, with SYN, ACK and FIN
	DataOut, DataIn     int // segments that carried bytes
	Retransmits         int
	BytesAcked, BytesIn uint64
}
