package console

import (
	"os"
	"os/signal"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// cleanupTime is what Options.Cleanup has before the program ends anyway.
const cleanupTime = 3 * time.Second

// signalHandlers are called on the goroutine of a signalWatch. A nil one is
// left out.
type signalHandlers struct {
	interrupt func()      // SIGINT
	redraw    func()      // the window changed, or the program was continued
	redrawOn  []os.Signal // the signals that mean it
	restore   func()      // gives the terminal back
	cleanup   func()
}

// signalWatch holds one subscription for as long as the console is open, so
// that a SIGINT between two commands never ends the program.
type signalWatch struct {
	handlers signalHandlers
	ch       chan os.Signal
	stop     chan struct{}
	once     sync.Once
	dying    atomic.Bool
}

func watchSignals(h signalHandlers) *signalWatch {
	w := &signalWatch{handlers: h, ch: make(chan os.Signal, 16), stop: make(chan struct{})}
	list := append([]os.Signal{syscall.SIGTERM, syscall.SIGQUIT}, h.redrawOn...)
	// A program started by nohup, or in the background by a shell without job
	// control, has these ignored; asking for them would undo that.
	for _, sig := range []os.Signal{os.Interrupt, syscall.SIGHUP} {
		if !signal.Ignored(sig) {
			list = append(list, sig)
		}
	}
	signal.Notify(w.ch, list...)
	go w.loop()
	return w
}

// close ends the subscription. While a signal ends the program it does not
// return: whoever closes the console then would else be first to exit, and the
// shell would not be told of the signal.
func (w *signalWatch) close() {
	w.once.Do(func() {
		signal.Stop(w.ch)
		close(w.stop)
	})
	if w.dying.Load() {
		select {}
	}
}

func (w *signalWatch) loop() {
	for {
		select {
		case <-w.stop:
			return
		case sig := <-w.ch:
			w.handle(sig)
		}
	}
}

func (w *signalWatch) handle(sig os.Signal) {
	switch sig {
	case os.Interrupt:
		w.handlers.interrupt()
	case syscall.SIGTERM, syscall.SIGHUP:
		w.die(sig.(syscall.Signal))
	case syscall.SIGQUIT:
		// The Go runtime prints the goroutines and exits: let it, on a
		// terminal where that can be read.
		w.handlers.restore()
		signal.Reset(syscall.SIGQUIT)
		if self, err := os.FindProcess(os.Getpid()); err == nil {
			_ = self.Signal(syscall.SIGQUIT)
		}
	default:
		if w.handlers.redraw != nil {
			w.handlers.redraw()
		}
	}
}

// die ends the program as a shell reports it for a signal: 128+n.
func (w *signalWatch) die(sig syscall.Signal) {
	w.dying.Store(true)
	w.handlers.restore()
	if w.handlers.cleanup != nil {
		done := make(chan struct{})
		go func() {
			defer close(done)
			w.handlers.cleanup()
		}()
		select {
		case <-done:
		case <-time.After(cleanupTime):
		}
	}
	os.Exit(128 + int(sig))
}
