package view

import (
	"bytes"
	"math"
	"testing"

	"github.com/fatih/color"
	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/runner/words"
)

// xterm is a colour of xterm's 256 from 16 on: a cube, then greys.
func xterm(n int) [3]float64 {
	if n >= 232 {
		grey := float64(8 + 10*(n-232))
		return [3]float64{grey, grey, grey}
	}
	level := []float64{0, 95, 135, 175, 215, 255}
	n -= 16
	return [3]float64{level[n/36], level[n/6%6], level[n%6]}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b [3]float64) float64 {
	luminance := func(c [3]float64) float64 {
		for i := range c {
			if c[i] /= 255; c[i] <= 0.04045 {
				c[i] /= 12.92
			} else {
				c[i] = math.Pow((c[i]+0.055)/1.055, 2.4)
			}
		}
		return 0.2126*c[0] + 0.7152*c[1] + 0.0722*c[2]
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// indexedColors are the colours in attributes: of the letters and of the ground.
func indexedColors(attrs []color.Attribute) (letters, under int) {
	letters, under = -1, -1
	for i := 0; i+2 < len(attrs); i++ {
		if attrs[i+1] == indexed && attrs[i] == foreground {
			letters = int(attrs[i+2])
		} else if attrs[i+1] == indexed && attrs[i] == ground {
			under = int(attrs[i+2])
		}
	}
	return letters, under
}

func TestColoursForAProjectorCanBeReadOnBlackAndOnWhite(t *testing.T) {
	const least = 4.0
	assert.InDelta(t, 21, contrast([3]float64{}, xterm(231)), 0.01)
	found := 0
	for style, attrs := range vivid {
		letters, _ := indexedColors(attrs)
		if letters < 0 {
			continue
		}
		found++
		assert.GreaterOrEqual(t, contrast(xterm(letters), [3]float64{}), least, "style %d on black", style)
		assert.GreaterOrEqual(t, contrast(xterm(letters), [3]float64{255, 255, 255}), least, "style %d on white", style)
	}
	assert.Equal(t, 5, found)
	for _, own := range []bool{false, true} {
		letters, under := indexedColors(groundOf(Options{Contrast: true, Colors256: true}, own))
		assert.GreaterOrEqual(t, contrast(xterm(letters), xterm(under)), least)
	}
}

func TestForAProjectorNothingIsFaintOrSlantedAlone(t *testing.T) {
	for _, many := range []bool{false, true} {
		look := attributesOf(Options{Contrast: true, Colors256: many})
		for style, attrs := range look {
			assert.NotContains(t, attrs, color.Faint, "style %d", style)
			assert.NotContains(t, attrs, color.Italic, "style %d", style)
			if Style(style) != Plain && Style(style) != Dim {
				assert.NotEmpty(t, attrs, "style %d", style)
			}
		}
	}
	paint := func(opts Options) string {
		var b bytes.Buffer
		opts.Color, opts.Lang = true, words.English
		r := New(&b, opts)
		r.Good(words.Raw("passed"))
		r.Note(words.Raw("x"))
		return b.String()
	}
	assert.Contains(t, paint(Options{Contrast: true, Colors256: true}), "\x1b[38;5;28;1m")
	assert.Contains(t, paint(Options{Contrast: true}), "\x1b[32;1m")
	assert.NotContains(t, paint(Options{Contrast: true}), "\x1b[2m")
	assert.Contains(t, paint(Options{}), "\x1b[2m")
}
