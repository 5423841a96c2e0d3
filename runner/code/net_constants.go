package code

import (
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// netConstants are the numbers of the socket module, with this system's values.
var netConstants = map[string]int{
	"AF_INET": unix.AF_INET, "AF_INET6": unix.AF_INET6, "AF_UNIX": unix.AF_UNIX,
	"SOCK_STREAM": unix.SOCK_STREAM, "SOCK_DGRAM": unix.SOCK_DGRAM,
	"SOL_SOCKET": unix.SOL_SOCKET, "SOMAXCONN": unix.SOMAXCONN,
	"SO_REUSEADDR": unix.SO_REUSEADDR, "SO_REUSEPORT": unix.SO_REUSEPORT,
	"SO_KEEPALIVE": unix.SO_KEEPALIVE, "SO_LINGER": unix.SO_LINGER, "SO_BROADCAST": unix.SO_BROADCAST,
	"SO_RCVBUF": unix.SO_RCVBUF, "SO_SNDBUF": unix.SO_SNDBUF, "SO_ERROR": unix.SO_ERROR,
	"SO_TYPE": unix.SO_TYPE, "SO_RCVTIMEO": unix.SO_RCVTIMEO, "SO_SNDTIMEO": unix.SO_SNDTIMEO,
	"SO_OOBINLINE": unix.SO_OOBINLINE, "SO_RCVLOWAT": unix.SO_RCVLOWAT,
	"IPPROTO_IP": unix.IPPROTO_IP, "IPPROTO_TCP": unix.IPPROTO_TCP, "IPPROTO_UDP": unix.IPPROTO_UDP,
	"IPPROTO_IPV6": unix.IPPROTO_IPV6, "IPV6_V6ONLY": unix.IPV6_V6ONLY,
	"TCP_DEFER_ACCEPT": netlab.DeferAccept, "SO_PEERCRED": netlab.PeerCred,
	"TCP_NODELAY": unix.TCP_NODELAY, "TCP_MAXSEG": unix.TCP_MAXSEG,
	"MSG_PEEK": unix.MSG_PEEK, "MSG_WAITALL": unix.MSG_WAITALL, "MSG_DONTWAIT": unix.MSG_DONTWAIT,
	"MSG_OOB": unix.MSG_OOB, "MSG_TRUNC": unix.MSG_TRUNC,
	"SHUT_RD": unix.SHUT_RD, "SHUT_WR": unix.SHUT_WR, "SHUT_RDWR": unix.SHUT_RDWR,
	"INADDR_ANY": 0, "INADDR_LOOPBACK": 0x7f000001,
}
