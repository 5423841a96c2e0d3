package notes

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"io/fs"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab/netlabtest"
)

func whole() Status {
	return Status{
		PID: 7, Lesson: 3, ID: "time-wait", Title: "TIME_WAIT", Steps: 12, Step: 2, StepID: "hang-up", StepTitle: "先挂断",
		Notes: []string{"run `states`\nbeside it"}, Task: []string{"you hung up", "it waits"}, Held: []bool{true, false},
		Solution: "phone.close()\n", Demo: 1, Answers: []string{"**60**"}, Next: "Again", Minutes: 25,
		Began: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC), Ended: true,
	}
}

func TestAStatusArrivesWhole(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	shown := follow(t, dir)
	eventually(t, "it follows", func() bool { return s.following() == 1 })
	s.Tell(whole())
	want := whole()
	assert.Equal(t, &want, next(t, shown))
}

func TestWhoComesLaterIsToldTheNewest(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	for step := range 100 {
		s.Tell(Status{Step: step + 1})
	}
	first, second := follow(t, dir), follow(t, dir)
	until(t, first, 100)
	until(t, second, 100)
	s.Tell(Status{Step: 101})
	assert.Equal(t, 101, next(t, first).Step)
	assert.Equal(t, 101, next(t, second).Step)
}

func TestWhatGoesOverTheSocket(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	conn, err := net.Dial("unix", filepath.Join(dir, socketName))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetDeadline(time.Now().Add(netlabtest.Patience)))
	s.Tell(whole())
	r := bufio.NewReader(conn)
	line, err := r.ReadBytes('\n')
	require.NoError(t, err)
	assert.Equal(t, encode(whole()), line)
	s.Tell(whole())
	require.NoError(t, s.Close())
	rest, err := io.ReadAll(r)
	require.NoError(t, err)
	assert.Equal(t, string(bye), string(rest), "the same status is not sent again; then goodbye")
}

func TestThatNobodyPresentsIsToldOnce(t *testing.T) {
	told := 0
	f := following{path: filepath.Join(room(t), socketName), show: func(st *Status) {
		assert.Nil(t, st)
		told++
	}}
	for range 3 {
		f.look(context.Background())
	}
	assert.Equal(t, 1, told)
}

func TestEitherSideMayBeFirstAndComeAgain(t *testing.T) {
	dir := room(t)
	shown := follow(t, dir)
	assert.Nil(t, next(t, shown), "there is no presentation yet")
	for step := 1; step <= 3; step++ {
		s, err := Speak(dir)
		require.NoError(t, err)
		s.Tell(Status{Step: step})
		assert.Equal(t, step, next(t, shown).Step)
		require.NoError(t, s.Close())
		assert.Nil(t, next(t, shown), "goodbye")
	}
}

func TestCloseSendsWhatWasToldLast(t *testing.T) {
	dir := room(t)
	shown := follow(t, dir)
	assert.Nil(t, next(t, shown))
	s := speak(t, dir)
	eventually(t, "it follows", func() bool { return s.following() == 1 })
	s.Tell(Status{Step: 1, Ended: true})
	require.NoError(t, s.Close())
	assert.True(t, next(t, shown).Ended)
	assert.Nil(t, next(t, shown))
	require.NoError(t, s.Close(), "a second time does nothing")
	s.Tell(Status{Step: 2})
	assert.NoFileExists(t, filepath.Join(dir, memoryName))
	assert.NoFileExists(t, filepath.Join(dir, socketName))
	_, ok := speak(t, dir).Last()
	assert.False(t, ok, "a presentation that ended leaves nothing to go on with")
}

func TestAPresenterThatIsKilled(t *testing.T) {
	dir := room(t)
	shown := follow(t, dir)
	child, kill := presenter(t, dir)
	st := until(t, shown, 2)
	assert.Equal(t, child.Process.Pid, st.PID)

	_, err := Speak(dir)
	var busy *Busy
	require.ErrorAs(t, err, &busy)
	assert.Equal(t, child.Process.Pid, busy.PID)

	kill()
	assert.Nil(t, next(t, shown), "it is gone")
	assert.FileExists(t, filepath.Join(dir, socketName), "a killed process leaves its socket")

	s := speak(t, dir)
	last, ok := s.Last()
	require.True(t, ok)
	assert.Equal(t, "hang-up", last.StepID)
	assert.Equal(t, child.Process.Pid, last.PID)
	s.Tell(Status{Step: 5})
	assert.Equal(t, 5, next(t, shown).Step, "it follows the next one")
}

func TestAPresenterKilledTwiceBeforeItSpoke(t *testing.T) {
	dir := room(t)
	require.NoError(t, remember(dir, encode(Status{Step: 4})))
	s := speak(t, dir)
	last, ok := s.Last()
	require.True(t, ok)
	assert.Equal(t, 4, last.Step)
	_, still := recall(dir)
	assert.True(t, still, "it stays until something else is told")
}

func TestOneFolderHasOnePresenter(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	_, err := Speak(dir)
	var busy *Busy
	require.ErrorAs(t, err, &busy)
	assert.Equal(t, os.Getpid(), busy.PID)
	assert.Contains(t, err.Error(), "end it first")
	require.NoError(t, s.Close())
	speak(t, dir)
}

func TestAFollowerThatNeverReadsHoldsNobodyUp(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	deaf, err := net.Dial("unix", filepath.Join(dir, socketName))
	require.NoError(t, err)
	defer deaf.Close()
	shown := follow(t, dir)
	eventually(t, "both follow", func() bool { return s.following() == 2 })
	big := strings.Repeat("x", maxLine/2)
	for step := 1; step <= 10; step++ {
		s.Tell(Status{Step: step, Notes: []string{big}})
		until(t, shown, step)
	}
	eventually(t, "it is cut off", func() bool { return s.following() == 1 })
	s.Tell(Status{Step: 11})
	until(t, shown, 11)
}

func TestAFollowerThatNeverReadsDoesNotHoldUpTheEnd(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	deaf, err := net.Dial("unix", filepath.Join(dir, socketName))
	require.NoError(t, err)
	defer deaf.Close()
	eventually(t, "it follows", func() bool { return s.following() == 1 })
	s.Tell(Status{Notes: []string{strings.Repeat("x", maxLine/2)}})
	began := time.Now()
	require.NoError(t, s.Close())
	assert.Less(t, time.Since(began), netlabtest.Patience/2)
}

func TestFollowersThatLeaveAreForgotten(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	for range 3 * maxFollowers {
		conn, err := net.Dial("unix", filepath.Join(dir, socketName))
		require.NoError(t, err)
		require.NoError(t, conn.Close())
	}
	eventually(t, "nobody is left", func() bool { return s.following() == 0 })
	s.Tell(Status{Step: 1})
	until(t, follow(t, dir), 1)
}

func TestNoMoreFollowersThanThereIsRoomFor(t *testing.T) {
	dir := room(t)
	s := speak(t, dir)
	for range maxFollowers {
		conn, err := net.Dial("unix", filepath.Join(dir, socketName))
		require.NoError(t, err)
		defer conn.Close()
	}
	eventually(t, "all follow", func() bool { return s.following() == maxFollowers })
	conn, err := net.Dial("unix", filepath.Join(dir, socketName))
	require.NoError(t, err)
	defer conn.Close()
	require.NoError(t, conn.SetReadDeadline(time.Now().Add(netlabtest.Patience)))
	_, err = conn.Read(make([]byte, 1))
	require.Error(t, err)
	assert.NotErrorIs(t, err, os.ErrDeadlineExceeded, "one too many is sent away")
}

func TestTheSocketIsForThisUserAlone(t *testing.T) {
	dir := room(t)
	speak(t, dir).Tell(Status{Step: 1})
	eventually(t, "it is remembered", func() bool { _, ok := recall(dir); return ok })
	for name, want := range map[string]fs.FileMode{
		socketName: fs.ModeSocket | 0o600, lockName: 0o600, memoryName: 0o600,
	} {
		info, err := os.Stat(filepath.Join(dir, name))
		require.NoError(t, err)
		assert.Equal(t, want, info.Mode(), name)
	}
}

func TestAbsurdStatuses(t *testing.T) {
	long := whole()
	long.Notes = []string{strings.Repeat("x", maxLine)}
	m, err := decode(encode(long))
	require.NoError(t, err)
	assert.Empty(t, m.Status.Notes)
	assert.Equal(t, "TIME_WAIT", m.Status.Title, "it goes without its long texts")

	long.Title = strings.Repeat("x", maxLine)
	assert.Nil(t, encode(long))
	assert.Nil(t, encode(Status{Began: time.Date(20000, 1, 1, 0, 0, 0, 0, time.UTC)}))

	dir := room(t)
	s := speak(t, dir)
	s.Tell(long)
	s.Tell(Status{Step: 9})
	until(t, follow(t, dir), 9)
}

func TestTheLongestLine(t *testing.T) {
	dir := room(t)
	st := Status{Step: 1, Title: "x"}
	st.Title = strings.Repeat("x", maxLine-len(encode(st)))
	require.Len(t, encode(st), maxLine-1)
	s := speak(t, dir)
	s.Tell(st)
	assert.Equal(t, st.Title, until(t, follow(t, dir), 1).Title)
}

func TestDecode(t *testing.T) {
	for _, line := range []string{"", "{}", "null", "[]", "1", `{"status":1}`, `{"status":{"step":"two"}}`, `{"status":null}`, "\x00", strings.Repeat("[", 100000)} {
		_, err := decode([]byte(line))
		assert.Error(t, err, "%.40q", line)
	}
	m, err := decode([]byte(`{"status":{"task":["a","b"],"held":[true,true,true]},"new":1}`))
	require.NoError(t, err)
	assert.Equal(t, []bool{true, true}, m.Status.Held, "as many as there are facts")
	m, err = decode([]byte(`{"status":{"task":["a","b"]}}`))
	require.NoError(t, err)
	assert.Equal(t, []bool{false, false}, m.Status.Held)
	m, err = decode(bye)
	require.NoError(t, err)
	assert.True(t, m.Bye)
}

func FuzzDecode(f *testing.F) {
	f.Add(encode(whole()))
	f.Add(bye)
	f.Add([]byte(`{"status":{"held":[true]}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		m, err := decode(line)
		if err != nil || m.Status == nil {
			return
		}
		assert.Len(t, m.Status.Held, len(m.Status.Task))
		if again := encode(*m.Status); again != nil {
			assert.Equal(t, 1, bytes.Count(again, []byte("\n")), "one line")
		}
	})
}

func TestTheClockOfAStatus(t *testing.T) {
	st := whole()
	assert.Equal(t, 90*time.Second, st.Used(st.Began.Add(90*time.Second)))
	assert.Zero(t, st.Used(st.Began.Add(-time.Hour)))
	assert.Equal(t, 25*time.Minute, st.Total())
}
