//go:build unix && !linux

package netlab

// inputQueue is FIONREAD of sys/filio.h, the same on every BSD.
const inputQueue = 0x4004667f

// outputQueue is Linux's own.
const outputQueue = 0
