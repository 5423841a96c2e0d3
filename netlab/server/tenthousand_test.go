package server_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/netlab/netlabtest"
	"github.com/socklab/socklab/netlab/server"
)

// descriptors makes room for n descriptors, or skips the test and says why.
func descriptors(tb testing.TB, n uint64) {
	tb.Helper()
	var old unix.Rlimit
	require.NoError(tb, unix.Getrlimit(unix.RLIMIT_NOFILE, &old))
	if old.Cur >= n {
		return
	}
	if err := unix.Setrlimit(unix.RLIMIT_NOFILE, &unix.Rlimit{Cur: n, Max: max(old.Max, n)}); err != nil {
		tb.Skipf("%d descriptors are needed and %d allowed: raise the hard limit (ulimit -Hn %d) or run as root", n, old.Max, n)
	}
	tb.Cleanup(func() { _ = unix.Setrlimit(unix.RLIMIT_NOFILE, &old) })
}

// together calls f for the numbers below n, some at a time.
func together(n, atATime int, f func(i int) error) error {
	var work sync.WaitGroup
	errs := make([]error, atATime)
	for w := range atATime {
		work.Go(func() {
			for i := w; i < n && errs[w] == nil; i += atATime {
				errs[w] = f(i)
			}
		})
	}
	work.Wait()
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// askOver sends a message and reads the answer, on a client of package net.
func askOver(c net.Conn, message, buf []byte) error {
	if _, err := c.Write(message); err != nil {
		return err
	}
	for got := 0; got < len(message); {
		n, err := c.Read(buf[got:len(message)])
		if err != nil {
			return err
		}
		got += n
	}
	return nil
}

// Ten thousand clients are connected to one server at once, and each is served.
// They live in another process, so that neither needs more than ten thousand
// descriptors and some.
func TestTenThousandClients(t *testing.T) {
	clients := 10_000
	if testing.Short() {
		clients = 500
	}
	descriptors(t, uint64(clients+200))
	lab := netlabtest.New(t)
	s := start(t, lab, "tcp-upper", server.Values{"backlog": 4096})
	cmd := exec.Command(os.Args[0], "-test.run=^TestClientsInAProcessOfTheirOwn$", "-test.v")
	cmd.Env = append(os.Environ(), "SOCKLAB_TEST_SERVER="+s.Addr().String(), "SOCKLAB_TEST_CLIENTS="+strconv.Itoa(clients))
	in, err := cmd.StdinPipe()
	require.NoError(t, err)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	defer func() { _ = cmd.Process.Kill(); _ = cmd.Wait() }()
	lines := bufio.NewScanner(out)
	said := func(want string) {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), want) {
				return
			}
		}
		require.Fail(t, "the clients never said "+want)
	}
	said("all are connected")
	netlabtest.Eventually(t, lab, "all were accepted", func() bool { return served(t, lab) == clients })
	_, err = in.Write([]byte("go\n"))
	require.NoError(t, err)
	said("all were served")
	assert.Equal(t, clients, served(t, lab), "and all are connected still")
	require.NoError(t, in.Close())
	require.NoError(t, cmd.Wait())
}

// served is how many connections the kernel's table has of the lab.
func served(t *testing.T, lab *netlab.Lab) int {
	t.Helper()
	rows, _, err := lab.Table(false)
	require.NoError(t, err)
	n := 0
	for _, r := range rows {
		if r.Sock != 0 && !r.Queued && r.State == kernel.Established {
			n++
		}
	}
	return n
}

// The other process of TestTenThousandClients; alone it does nothing.
func TestClientsInAProcessOfTheirOwn(t *testing.T) {
	addr := os.Getenv("SOCKLAB_TEST_SERVER")
	if addr == "" {
		return
	}
	n, err := strconv.Atoi(os.Getenv("SOCKLAB_TEST_CLIENTS"))
	require.NoError(t, err)
	descriptors(t, uint64(n+200))
	conns := make([]net.Conn, n)
	require.NoError(t, together(n, 32, func(i int) (err error) {
		conns[i], err = net.Dial("tcp", addr)
		return err
	}))
	fmt.Println("all are connected")
	_, err = bufio.NewReader(os.Stdin).ReadString('\n')
	require.NoError(t, err)
	for round := range 2 {
		require.NoError(t, together(n, 32, func(i int) error {
			message := fmt.Appendf(nil, "client %d, round %d", i, round)
			answer := make([]byte, len(message))
			if err := askOver(conns[i], message, answer); err != nil {
				return err
			}
			if want := bytes.ToUpper(message); !bytes.Equal(want, answer) {
				return fmt.Errorf("client %d got %q", i, answer)
			}
			return nil
		}))
	}
	fmt.Println("all were served")
	_, _ = io.ReadAll(os.Stdin)
	for _, c := range conns {
		_ = c.(*net.TCPConn).SetLinger(0) // ten thousand TIME_WAITs would help nobody
		_ = c.Close()
	}
}

// upperServer is what a bare Go program would be.
func upperServer(tb testing.TB) string {
	tb.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(tb, err)
	tb.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			c, err := ln.Accept()
			if err != nil {
				return
			}
			go func() {
				defer c.Close()
				buf := make([]byte, 1024)
				for {
					n, err := c.Read(buf)
					if err != nil {
						return
					}
					if _, err := c.Write(bytes.ToUpper(buf[:n])); err != nil {
						return
					}
				}
			}()
		}
	}()
	return ln.Addr().String()
}

// tutorial is a server of the tutorial's shape: one client at a time.
const tutorial = `
import socket
phone = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
phone.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
phone.bind(("127.0.0.1", 0))
phone.listen(5)
print(phone.getsockname()[1], flush=True)
while True:
    conn, addr = phone.accept()
    while True:
        data = conn.recv(1024)
        if not data: break
        conn.send(data.upper())
    conn.close()
`

func pythonServer(tb testing.TB) string {
	tb.Helper()
	netlabtest.Need(tb, "python3", "apt-get install python3")
	cmd := exec.Command("python3", "-c", tutorial)
	out, err := cmd.StdoutPipe()
	require.NoError(tb, err)
	require.NoError(tb, cmd.Start())
	tb.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	var port int
	_, err = fmt.Fscan(out, &port)
	require.NoError(tb, err)
	return fmt.Sprintf("127.0.0.1:%d", port)
}

// throughput is how many answers a second the clients get together.
func throughput(tb testing.TB, addr string, clients int, d time.Duration) float64 {
	tb.Helper()
	var work sync.WaitGroup
	total := make([]int, clients)
	conns := make([]net.Conn, clients)
	for i := range conns {
		c, err := net.Dial("tcp", addr)
		require.NoError(tb, err)
		conns[i] = c
	}
	began := time.Now()
	for i, c := range conns {
		work.Go(func() {
			message, buf := bytes.Repeat([]byte("a"), 128), make([]byte, 128)
			for time.Since(began) < d && askOver(c, message, buf) == nil {
				total[i]++
			}
		})
	}
	work.Wait()
	took := time.Since(began).Seconds()
	sum := 0
	for i, c := range conns {
		sum += total[i]
		_ = c.Close()
	}
	return float64(sum) / took
}

func median(list []float64) float64 {
	list = slices.Sorted(slices.Values(list))
	return list[len(list)/2]
}

// BenchmarkServers sets the lab's server, with its journal, beside a bare Go
// server and beside a Python server of the tutorial's shape, which serves one
// client at a time. They take turns; the medians of the ratios are reported.
func BenchmarkServers(b *testing.B) {
	lab := netlab.New()
	defer lab.Close()
	s, err := server.Start(lab, "tcp-upper", server.Values{"backlog": 4096})
	require.NoError(b, err)
	ours, bare, python := s.Addr().String(), upperServer(b), pythonServer(b)
	var many, one, snake []float64
	for b.Loop() {
		const turn = 300 * time.Millisecond
		for range 7 {
			x, y := throughput(b, ours, 64, turn), throughput(b, bare, 64, turn)
			many = append(many, x/y)
			x, y = throughput(b, ours, 1, turn), throughput(b, bare, 1, turn)
			one = append(one, x/y)
			snake = append(snake, x/throughput(b, python, 1, turn))
		}
	}
	b.ReportMetric(median(many), "of-go-64")
	b.ReportMetric(median(one), "of-go-1")
	b.ReportMetric(median(snake), "of-python-1")
}

// BenchmarkMemory is what a connected client costs the server, in bytes, beside
// a bare Go server in the same run. The client's end is the same in both and
// counted in both.
func BenchmarkMemory(b *testing.B) {
	const clients = 5000
	descriptors(b, 2*clients+500)
	lab := netlab.New()
	defer lab.Close()
	s, err := server.Start(lab, "tcp-upper", server.Values{"backlog": 4096})
	require.NoError(b, err)
	for b.Loop() {
		var used [2]float64
		for i, addr := range []string{s.Addr().String(), upperServer(b)} {
			used[i] = memory(b, addr, clients)
		}
		b.ReportMetric(used[0], "lab-bytes/client")
		b.ReportMetric(used[1], "go-bytes/client")
	}
}

func memory(tb testing.TB, addr string, clients int) float64 {
	tb.Helper()
	inUse := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapInuse + m.StackInuse
	}
	before := inUse()
	conns := make([]net.Conn, clients)
	require.NoError(tb, together(clients, 32, func(i int) (err error) {
		if conns[i], err = net.Dial("tcp", addr); err != nil {
			return err
		}
		return askOver(conns[i], []byte("hello"), make([]byte, 5))
	}))
	after := inUse()
	for _, c := range conns {
		_ = c.Close()
	}
	return float64(after-before) / float64(clients)
}
