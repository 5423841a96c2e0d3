// Package netlabtest makes labs for tests and looks for what they leave behind.
//
// It provides:
//
//   - [New], a lab that is closed with the test, which then fails if a
//     goroutine or a descriptor is left;
//   - [Eventually], which waits for a condition instead of sleeping.
//
// It is for tests alone.
package netlabtest

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.uber.org/goleak"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// Patience is how long a test waits for what must happen. Only a failing test
// waits that long.
const Patience = 10 * time.Second

// New makes a lab and checks at the end of the test that nothing is left of it.
// Tests that use it do not run in parallel, since descriptors are counted.
func New(tb testing.TB) *netlab.Lab {
	tb.Helper()
	warmUp(tb)
	goroutines := goleak.IgnoreCurrent()
	before := Descriptors(tb)
	lab := netlab.New()
	tb.Cleanup(func() {
		assert.NoError(tb, lab.Close())
		assert.Equal(tb, before, Descriptors(tb), "descriptors left open")
		assert.NoError(tb, goleak.Find(goroutines))
	})
	return lab
}

// warmUp lets the runtime open what it keeps: the poller takes its descriptors
// with the first socket.
func warmUp(tb testing.TB) {
	tb.Helper()
	lab := netlab.New()
	_, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Lesson)
	require.NoError(tb, err)
	require.NoError(tb, lab.Close())
}

// Descriptors counts the open descriptors of this process.
func Descriptors(tb testing.TB) int {
	tb.Helper()
	list, err := os.ReadDir("/dev/fd")
	require.NoError(tb, err)
	return len(list)
}

// Eventually waits until cond holds, asking at every event of the lab.
func Eventually(tb testing.TB, lab *netlab.Lab, what string, cond func() bool) {
	tb.Helper()
	ctx, stop := context.WithTimeout(context.Background(), Patience)
	defer stop()
	require.NoError(tb, lab.Journal().Wait(ctx, cond), what)
}
