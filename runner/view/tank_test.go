package view

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

func someTanks() []netlab.Tank {
	near, far := netlab.Loopback(8158), netlab.Loopback(5000)
	stream := netlab.Tank{
		SocketInfo: netlab.SocketInfo{
			ID: 2, FD: 9, Family: unix.AF_INET, Type: unix.SOCK_STREAM, Label: "conn", Local: near, Remote: far, Backlog: -1, Unread: 65536,
			Files: netlab.FileBytes{Open: 1, Ahead: 12, MostAhead: 23, Unsent: 8192, MostUnsent: 8192}, Counts: netlab.Counts{In: 23, Out: 7},
		},
		Receive: 131072, Send: 100, Out: 0, Memory: -1, Drops: -1,
	}
	box := netlab.Tank{
		SocketInfo: netlab.SocketInfo{
			ID: 3, FD: 10, Family: unix.AF_INET, Type: unix.SOCK_DGRAM, Local: near, Backlog: -1, Unread: 5,
		},
		Receive: 4096, Send: 100, Out: -1, Memory: 3328, Drops: 16,
	}
	gone := netlab.Tank{SocketInfo: netlab.SocketInfo{ID: 4, FD: -1, Label: "x\x1b[2J", Family: unix.AF_UNIX, Closed: true, Backlog: -1}}
	return []netlab.Tank{stream, box, gone}
}

func TestTanks(t *testing.T) {
	golden(t, 80, Options{}, `
  conn  TCP  127.0.0.1:8158 ⇄ 127.0.0.1:5000
  coming in
    the kernel's queue  ▕██████      ▏ 65536 bytes, for recv to take
    the file's buffer   ▕█           ▏ 12 bytes, for readline and read to take
    taken                              11 bytes by the program
  going out
    the file's buffer   ▕████████████▏ 8192 bytes, for flush to send
    sent                               7 bytes given to the kernel
    the kernel's queue  ▕            ▏ 0 of them not acknowledged yet

  #3  UDP  127.0.0.1:8158
  coming in
    the kernel's queue  ▕██████████  ▏ the next message has 5 bytes; the queue
                                       takes up 3328 of 4096 bytes of memory
    no room                            16 messages were thrown away
    taken                              0 bytes by the program
  going out
    sent                               0 bytes given to the kernel

  x\x1b[2J  UNIX
    closed: what was in its tanks is gone
`, func(r *Renderer) { r.Tanks(someTanks()) })
	golden(t, 40, Options{ASCII: true}, `
  conn  TCP  127.0.0.1:8158 <->
             127.0.0.1:5000
  coming in
    the kernel's queue: 65536 bytes, for
    recv to take
    the file's buffer: 12 bytes, for
    readline and read to take
    taken: 11 bytes by the program
  going out
    the file's buffer: 8192 bytes, for
    flush to send
    sent: 7 bytes given to the kernel
    the kernel's queue: 0 of them not
    acknowledged yet
`, func(r *Renderer) { r.Tanks(someTanks()[:1]) })
	for _, opts := range []Options{{}, {ASCII: true}, chinese} {
		for _, width := range []int{40, 60, 80} {
			fits(t, width, shown(width, opts, func(r *Renderer) { r.Tanks(someTanks()) }))
		}
	}
	assert.Contains(t, shown(80, chinese, func(r *Renderer) { r.Tanks(someTanks()) }), "12 字节，等 readline、read 来取")
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Tanks(nil) }), "No socket is connected")
}

func TestAnEmptyBoxSaysSo(t *testing.T) {
	box := someTanks()[1]
	box.Unread, box.Memory = 0, 0
	assert.Contains(t, shown(80, Options{}, func(r *Renderer) { r.Tanks([]netlab.Tank{box}) }), "▏ empty\n")
	box.Unread = 5
	box.Memory = -1 // a system without a table
	text := shown(80, Options{}, func(r *Renderer) { r.Tanks([]netlab.Tank{box}) })
	assert.Contains(t, text, "the next message has 5 bytes\n")
}
