//go:build race

package netlab_test

// raced says that the race detector slows this program, and not the others.
const raced = true
