package netlab

import "golang.org/x/sys/unix"

// inputQueue is the ioctl that tells how many bytes wait to be read (tcp(7)).
const inputQueue = unix.TIOCINQ

// outputQueue is the ioctl that tells how many bytes of a TCP socket the other
// end has not acknowledged (SIOCOUTQ of tcp(7)).
const outputQueue = unix.TIOCOUTQ
