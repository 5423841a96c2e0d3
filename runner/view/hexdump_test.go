package view

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestHexdump(t *testing.T) {
	data := []byte("\x17_\xbc\x00Hello, socket!\n\xff")
	show := func(r *Renderer) { r.Hexdump(data) }
	golden(t, 80, Options{}, `
0000  17 5f bc 00 48 65 6c 6c  6f 2c 20 73 6f 63 6b 65  ._..Hello, socke
0010  74 21 0a ff                                       t!..
`, show)
	golden(t, 40, Options{}, `
0000  17 5f bc 00 48 65 6c 6c  ._..Hell
0008  6f 2c 20 73 6f 63 6b 65  o, socke
0010  74 21 0a ff              t!..
`, show)
	golden(t, 20, Options{}, `
0000  17 5f  ._
0002  bc 00  ..
0004  48 65  He
0006  6c 6c  ll
0008  6f 2c  o,
000a  20 73   s
000c  6f 63  oc
000e  6b 65  ke
0010  74 21  t!
0012  0a ff  ..
`, show)
	assert.Empty(t, shown(80, Options{}, func(r *Renderer) { r.Hexdump(nil) }))
	for width := 1; width < 20; width++ {
		for _, l := range strings.Split(shown(width, Options{}, show), "\n") {
			assert.LessOrEqual(t, Width(l), width)
		}
	}
}
