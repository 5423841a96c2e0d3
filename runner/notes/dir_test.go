package notes

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

// nobody is a user that is not the one of the tests.
const nobody = 65534

func needRoot(t *testing.T) {
	t.Helper()
	const remedy = "only root can give a folder to another user: go test -c ./runner/notes && sudo ./notes.test"
	switch {
	case os.Geteuid() == 0:
	case slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), "root"):
		t.Fatal("SOCKLAB_REQUIRE names root: " + remedy)
	default:
		t.Skip(remedy)
	}
}

func TestDirIsMadeInTheRuntimeFolder(t *testing.T) {
	base := room(t)
	t.Setenv("XDG_RUNTIME_DIR", base)
	for range 2 {
		dir, err := Dir()
		require.NoError(t, err)
		assert.Equal(t, filepath.Join(base, "socklab"), dir)
		info, err := os.Lstat(dir)
		require.NoError(t, err)
		assert.Equal(t, os.ModeDir|0o700, info.Mode())
	}
}

func TestDirWithoutAUsableRuntimeFolder(t *testing.T) {
	open, temp := room(t), room(t)
	require.NoError(t, os.Chmod(open, 0o777)) //nolint:gosec // as under WSL
	file := filepath.Join(temp, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	want := filepath.Join(temp, "socklab-"+strconv.Itoa(os.Geteuid()))
	for _, base := range []string{"", "relative", ".", filepath.Join(temp, "missing"), file, open} {
		dir, err := dirIn([]string{base}, temp)
		require.NoError(t, err, base)
		assert.Equal(t, want, dir, base)
	}
	second := room(t)
	dir, err := dirIn([]string{"", second}, temp)
	require.NoError(t, err)
	assert.Equal(t, filepath.Join(second, "socklab"), dir)
}

func TestTheRuntimeFolderOfAnotherUserIsNotUsed(t *testing.T) {
	needRoot(t)
	base, temp := room(t), room(t)
	require.NoError(t, os.Chown(base, nobody, nobody))
	dir, err := dirIn([]string{base}, temp)
	require.NoError(t, err)
	assert.Equal(t, temp, filepath.Dir(dir))
}

// refused asserts that a folder is not used by anybody, and that the error says
// what to do.
func refused(t *testing.T, dir, remedy string) {
	t.Helper()
	_, err := makeDir(dir)
	var fault *Fault
	if assert.ErrorAs(t, err, &fault) {
		assert.Contains(t, err.Error(), remedy)
		assert.NotEqual(t, fault.Text.In(words.English), fault.Text.In(words.Chinese))
	}
	_, err = Speak(dir)
	require.ErrorAs(t, err, &fault)
	err = Follow(context.Background(), dir, func(*Status) { assert.Fail(t, "it was followed") })
	require.ErrorAs(t, err, &fault)
	assert.NoFileExists(t, filepath.Join(dir, lockName))
	assert.NoFileExists(t, filepath.Join(dir, socketName))
}

func TestFoldersThatAreNotOursAlone(t *testing.T) {
	base := room(t)
	for _, mode := range []os.FileMode{0o777, 0o755, 0o710, 0o701} {
		dir := filepath.Join(base, "open")
		require.NoError(t, os.Mkdir(dir, 0o700))
		require.NoError(t, os.Chmod(dir, mode))
		refused(t, dir, "chmod 700 "+dir)
		require.NoError(t, os.Chmod(dir, 0o700))
		_, err := makeDir(dir)
		require.NoError(t, err, "the remedy helps")
		require.NoError(t, os.Remove(dir))
	}
	target := filepath.Join(base, "target")
	require.NoError(t, os.Mkdir(target, 0o700))
	link := filepath.Join(base, "link")
	require.NoError(t, os.Symlink(target, link))
	refused(t, link, "remove it")
	file := filepath.Join(base, "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	refused(t, file, "remove it")
}

func TestTheFolderOfAnotherUserIsNotUsed(t *testing.T) {
	needRoot(t)
	dir := filepath.Join(room(t), "socklab")
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.NoError(t, os.Chown(dir, nobody, nobody))
	refused(t, dir, "export XDG_RUNTIME_DIR=")
}

func TestAFolderThatOthersCouldExchangeIsNotUsed(t *testing.T) {
	temp := room(t)
	require.NoError(t, os.Chmod(temp, 0o777)) //nolint:gosec // the point of the test
	_, err := dirIn(nil, temp)
	require.ErrorContains(t, err, "others may change what is in "+temp)
	require.NoError(t, os.Chmod(temp, 0o777|os.ModeSticky)) //nolint:gosec // as /tmp has it
	_, err = dirIn(nil, temp)
	require.NoError(t, err)
	_, err = dirIn(nil, filepath.Join(temp, "missing"))
	require.ErrorContains(t, err, "export XDG_RUNTIME_DIR=")
}

func TestAFolderWhoseNameIsTooLong(t *testing.T) {
	base := room(t)
	dir := filepath.Join(base, strings.Repeat("d", maxPath-len(base)-len(socketName)-2))
	require.Len(t, filepath.Join(dir, socketName), maxPath)
	_, err := makeDir(dir)
	require.NoError(t, err)
	s := speak(t, dir)
	s.Tell(Status{Step: 1})
	until(t, follow(t, dir), 1)
	refused(t, dir+"d", "export XDG_RUNTIME_DIR=/tmp/x")
}

func TestSpeakWithoutItsFolder(t *testing.T) {
	dir := filepath.Join(room(t), "missing")
	_, err := Speak(dir)
	require.ErrorIs(t, err, os.ErrNotExist)
	ctx, stop := context.WithCancelCause(context.Background())
	err = Follow(ctx, dir, func(st *Status) {
		assert.Nil(t, st)
		stop(errEnough)
	})
	require.ErrorIs(t, err, errEnough, "it waits for the folder")
}

func TestSpeakWhereSomethingElseStands(t *testing.T) {
	dir := room(t)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, socketName, "full"), 0o700))
	var fault *Fault
	_, err := Speak(dir)
	require.ErrorAs(t, err, &fault)
	require.NoError(t, os.RemoveAll(filepath.Join(dir, socketName)))
	speak(t, dir)
}

func TestWhatIsRememberedMayBeDamagedOrOld(t *testing.T) {
	dir := room(t)
	path := filepath.Join(dir, memoryName)
	for _, text := range []string{"", "{", "null", string(bye), string(encode(whole())) + "x", strings.Repeat(" ", maxLine) + string(encode(whole()))} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		_, ok := recall(dir)
		assert.False(t, ok, "%.40q", text)
	}
	require.NoError(t, remember(dir, encode(whole())))
	_, ok := recall(dir)
	require.True(t, ok)
	old := time.Now().Add(-memoryAge - time.Minute)
	require.NoError(t, os.Chtimes(path, old, old))
	_, ok = recall(dir)
	assert.False(t, ok, "of another day")
	require.NoError(t, os.Remove(path))
	require.NoError(t, os.Mkdir(path, 0o700))
	_, ok = recall(dir)
	assert.False(t, ok)
}

func TestAPidThatIsNone(t *testing.T) {
	path := filepath.Join(room(t), lockName)
	assert.Zero(t, readPID(path))
	for _, text := range []string{"", "x", "-1", "99999999999999999999999999"} {
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		assert.Zero(t, readPID(path), text)
	}
	assert.Equal(t, "another presentation runs; end it first", (&Busy{}).Error())
}

// A presentation that talks nonsense, as another program on the socket might.
func TestFollowDropsNonsenseAndLooksAgain(t *testing.T) {
	dir := room(t)
	l, err := net.Listen("unix", filepath.Join(dir, socketName))
	require.NoError(t, err)
	lines := []string{
		"hello\n", "{}\n", strings.Repeat("x", maxLine+1) + "\n", `{"status":{"step":1}`, "",
		string(encode(Status{Step: 2})) + "nonsense\n", string(encode(Status{Step: 3})),
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		for _, line := range lines {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			_, err = conn.Write([]byte(line))
			assert.True(t, err == nil || !errors.Is(err, net.ErrClosed))
			conn.Close()
		}
	}()
	shown := follow(t, dir)
	assert.Equal(t, 2, next(t, shown).Step)
	assert.Equal(t, 3, next(t, shown).Step, "who breaks the line off and is still there is not gone")
	<-done
	require.NoError(t, l.Close())
	assert.Nil(t, next(t, shown))
}

func TestFollowEndsWithItsContext(t *testing.T) {
	dir := room(t)
	ctx, stop := context.WithCancelCause(context.Background())
	s := speak(t, dir)
	s.Tell(Status{Step: 1})
	err := Follow(ctx, dir, func(*Status) { stop(errEnough) })
	require.ErrorIs(t, err, errEnough)
	err = Follow(ctx, dir, func(*Status) { assert.Fail(t, "it is over") })
	require.ErrorIs(t, err, errEnough)
}
