package netlab_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
)

// 200 connections come and go while the table is read, and between two looks
// of another witness it never says anything else than that witness.
func TestTableWhileConnectionsComeAndGo(t *testing.T) {
	lab := netlabtest.New(t)
	look := map[string]func(*testing.T, int) table{"proc": procTable(t)}
	t.Run("proc", func(t *testing.T) { churn(t, lab, look["proc"]) })
	t.Run("ss", func(t *testing.T) { churn(t, lab, ssTable(t)) })
}

const (
	rounds   = 20
	perRound = 10
)

func churn(t *testing.T, lab *netlab.Lab, witness func(*testing.T, int) table) {
	t.Helper()
	ln, addr := listener(t, lab, 64)
	stable := map[kernel.Ends]int{} // and whose they are
	for range 5 {
		c := tcp(t, lab)
		require.NoError(t, c.Connect(bg, addr))
		s, _, err := ln.Accept(bg)
		require.NoError(t, err)
		stable[endsOf(c)], stable[endsOf(s)] = c.ID(), s.ID()
	}
	stable[endsOf(ln)] = ln.ID()

	var ports sync.Map // of every client there ever was
	calls := make(chan bool)
	var work sync.WaitGroup
	for range 4 {
		work.Add(1)
		lab.Go(func() {
			defer work.Done()
			for polite := range calls {
				assert.NoError(t, call(lab, ln, polite, &ports))
			}
		})
	}
	port := ln.Info().Local.Port
	for round := range rounds {
		var calling sync.WaitGroup
		calling.Go(func() {
			for i := range perRound {
				calls <- (round+i)%2 == 0
			}
		})
		wrong := ""
		for range 3 { // no source is a snapshot: each may lose a row while its list changes
			if wrong = sandwich(t, lab, port, stable, witness, &ports); wrong == "" {
				break
			}
		}
		calling.Wait()
		require.Empty(t, wrong)
	}
	close(calls)
	work.Wait()
	for e := range stable {
		s := lab.Find(stable[e])
		require.NoError(t, s.Close(bg))
	}
}

// call is one connection from its beginning to its end.
func call(lab *netlab.Lab, ln *netlab.Socket, polite bool, ports *sync.Map) error {
	c, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	if err != nil {
		return err
	}
	if err := c.Bind(bg, netlab.Loopback(0)); err != nil {
		return err
	}
	ports.Store(c.Info().Local.Port, true)
	// Another caller may accept this one and end it before connect looks again.
	if err := c.Connect(bg, ln.Info().Local); err != nil && netlab.Errno(err) != unix.ECONNRESET {
		return err
	}
	s, _, err := ln.Accept(bg) // perhaps that other one's
	if err != nil {
		return err
	}
	if !polite {
		for _, end := range []*netlab.Socket{c, s} {
			if err := end.SetsockoptBytes(bg, unix.SOL_SOCKET, unix.SO_LINGER, []byte{1, 0, 0, 0, 0, 0, 0, 0}); err != nil {
				return err
			}
		}
	}
	if err := c.Close(bg); err != nil {
		return err
	}
	return s.Close(bg)
}

// sandwich looks with the witness, at the table, and with the witness again.
// It says what is wrong: something that both looks had and the table has not,
// or a row of which nobody can know.
func sandwich(t *testing.T, lab *netlab.Lab, port int, stable map[kernel.Ends]int, witness func(*testing.T, int) table, ports *sync.Map) string {
	t.Helper()
	before := witness(t, port)
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	after := witness(t, port)
	shown := map[kernel.Ends]netlab.TableRow{}
	for _, r := range rows {
		e := r.Ends()
		shown[e] = r
		if int(e.Local.Port()) != port && int(e.Remote.Port()) != port {
			continue // bound, before its connect; or of another time
		}
		_, early := before[e]
		_, late := after[e]
		_, mine := stable[e]
		_, client := ports.Load(int(e.Local.Port()))
		_, server := ports.Load(int(e.Remote.Port()))
		if !early && !late && !mine && !client && !server {
			return "nobody can know of " + e.Local.String() + " " + e.Remote.String() + " " + r.State.String()
		}
	}
	for e, state := range before {
		if after[e] == state && shown[e].State != state {
			return e.Local.String() + " " + e.Remote.String() + " is " + state.String() + ", not " + shown[e].State.String()
		}
	}
	for e, id := range stable {
		if shown[e].Sock != id || shown[e].Queued {
			return e.Local.String() + " has lost its name"
		}
	}
	return ""
}

// Sockets vanish between the two halves of a look: what is known of them is
// joined with rows that are gone, and the other way round.
func TestTableWhileSocketsVanish(t *testing.T) {
	lab := netlabtest.New(t)
	ln, addr := listener(t, lab, 1)
	var open []*netlab.Socket
	for range 300 {
		c := tcp(t, lab)
		require.NoError(t, c.Connect(bg, addr))
		s, _, err := ln.Accept(bg)
		require.NoError(t, err)
		linger(t, c, 0)
		open = append(open, c, s)
	}
	gone := make(chan struct{})
	lab.Go(func() {
		defer close(gone)
		for i, s := range open {
			s.SetLabel("going")
			if i%3 == 0 {
				_ = s.Detach()
				continue
			}
			_ = s.Close(bg)
		}
	})
	for looking := true; looking; {
		select {
		case <-gone:
			looking = false
		default:
		}
		rows, _, err := lab.Table(false)
		require.NoError(t, err)
		for _, r := range rows {
			require.True(t, r.Sock == 0 || lab.Find(r.Sock) != nil)
			require.NotEqual(t, kernel.Unknown, r.State)
			require.True(t, r.FD == -1 || !r.Queued)
		}
	}
}
