package netlab_test

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/netlabtest"
)

func local(t *testing.T, lab *netlab.Lab) *netlab.Socket {
	t.Helper()
	s, err := lab.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(t, err)
	return s
}

func TestTheLabTakesItsNamesAway(t *testing.T) {
	lab, other := netlabtest.New(t), netlabtest.New(t)
	dir := t.TempDir()
	closed, open, again := filepath.Join(dir, "closed"), filepath.Join(dir, "open"), filepath.Join(dir, "again")
	s := local(t, lab)
	require.NoError(t, s.Bind(bg, netlab.UnixAddr(closed)))
	require.NoError(t, s.Close(bg))
	assert.FileExists(t, closed, "as long as the lab lives, a name stays until somebody unlinks it")
	require.NoError(t, local(t, lab).Bind(bg, netlab.UnixAddr(open)))
	require.NoError(t, local(t, lab).Bind(bg, netlab.UnixAddr("\x00socklab-test-"+dir)))

	require.NoError(t, local(t, lab).Bind(bg, netlab.UnixAddr(again)))
	require.NoError(t, os.Remove(again))
	require.NoError(t, local(t, other).Bind(bg, netlab.UnixAddr(again)))

	require.NoError(t, lab.Close())
	assert.NoFileExists(t, closed)
	assert.NoFileExists(t, open)
	_, err := os.Lstat(again)
	require.NoError(t, err, "it is another lab's by now")
	require.NoError(t, other.Close())
	assert.NoFileExists(t, again)
}

func TestALabOfLoopbackAloneCallsItsOwnNames(t *testing.T) {
	lab, stranger := netlabtest.New(t), netlabtest.New(t)
	lab.LoopbackOnly()
	dir := t.TempDir()
	theirs, mine := netlab.UnixAddr(filepath.Join(dir, "theirs")), netlab.UnixAddr(filepath.Join(dir, "mine"))
	for lab, addr := range map[*netlab.Lab]netlab.Addr{lab: mine, stranger: theirs} {
		ln := local(t, lab)
		require.NoError(t, ln.Bind(bg, addr))
		require.NoError(t, ln.Listen(bg, 1))
	}
	require.ErrorIs(t, local(t, lab).Connect(bg, theirs), netlab.ErrNotLoopback)
	require.NoError(t, local(t, lab).Connect(bg, mine))
	require.NoError(t, local(t, stranger).Connect(bg, mine), "the rule is for the one lab")
	require.NoError(t, lab.Close())
}
