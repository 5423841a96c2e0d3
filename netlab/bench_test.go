package netlab_test

import (
	"context"
	"net"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
)

// BenchmarkEcho compares an echo over the lab's sockets, with its journal, to
// one over package net in the same run. The two take turns, because a machine
// is not equally busy all the time.
func BenchmarkEcho(b *testing.B) {
	ours, theirs := labEcho(b), netEcho(b)
	const turn = 200
	var spent [2]time.Duration
	b.ResetTimer()
	for done := 0; done < b.N; done += turn {
		for i, ask := range []func() error{ours, theirs} {
			start := time.Now()
			for range turn {
				if err := ask(); err != nil {
					b.Fatal(err)
				}
			}
			spent[i] += time.Since(start)
		}
	}
	b.ReportMetric(float64(spent[1])/float64(spent[0]), "of-net")
}

const benchSize = 128

// labEcho asks an echo made of lab sockets once.
func labEcho(b *testing.B) func() error {
	b.Helper()
	lab := netlab.New()
	b.Cleanup(func() { _ = lab.Close() })
	ctx := context.Background()
	ln, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Server)
	require.NoError(b, err)
	require.NoError(b, ln.Bind(ctx, netlab.Loopback(0)))
	require.NoError(b, ln.Listen(ctx, 1))
	client, err := lab.Socket(unix.AF_INET, unix.SOCK_STREAM, 0, netlab.Learner)
	require.NoError(b, err)
	require.NoError(b, client.Connect(ctx, ln.Info().Local))
	conn, _, err := ln.Accept(ctx)
	require.NoError(b, err)
	for _, s := range []*netlab.Socket{client, conn} { // as package net has it
		require.NoError(b, s.Setsockopt(ctx, unix.IPPROTO_TCP, unix.TCP_NODELAY, 1))
	}
	lab.Go(func() {
		buf := make([]byte, benchSize)
		for {
			n, err := conn.Recv(ctx, buf, 0)
			if err != nil || n == 0 {
				return
			}
			if conn.SendAll(ctx, buf[:n], 0) != nil {
				return
			}
		}
	})
	out, in := make([]byte, benchSize), make([]byte, benchSize)
	return func() error {
		if err := client.SendAll(ctx, out, 0); err != nil {
			return err
		}
		_, err := client.Recv(ctx, in, unix.MSG_WAITALL)
		return err
	}
}

// netEcho is the same of package net.
func netEcho(b *testing.B) func() error {
	b.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(b, err)
	client, err := net.Dial("tcp", ln.Addr().String())
	require.NoError(b, err)
	conn, err := ln.Accept()
	require.NoError(b, err)
	b.Cleanup(func() { _, _, _ = ln.Close(), client.Close(), conn.Close() })
	go func() {
		buf := make([]byte, benchSize)
		for {
			n, err := conn.Read(buf)
			if err != nil {
				return
			}
			if _, err := conn.Write(buf[:n]); err != nil {
				return
			}
		}
	}()
	out, in := make([]byte, benchSize), make([]byte, benchSize)
	return func() error {
		if _, err := client.Write(out); err != nil {
			return err
		}
		for got := 0; got < benchSize; {
			n, err := client.Read(in)
			if err != nil {
				return err
			}
			got += n
		}
		return nil
	}
}
