package notes

import (
	"bufio"
	"context"
	"errors"
	"io/fs"
	"net"
	"path/filepath"
	"time"
)

// lookPause is how often a follower looks whether there is a presentation.
const lookPause = 300 * time.Millisecond

// Follow calls show with every status as it comes, and with nil when there is no
// presentation: at the start if there is none yet, and whenever one has ended.
// Then it waits for the next one, until ctx ends, and returns ctx's cause. A
// folder that is not this user's alone ends it with a [*Fault]. The calls of show
// come one after another, none after Follow has returned.
func Follow(ctx context.Context, dir string, show func(*Status)) error {
	f := following{path: filepath.Join(dir, socketName), show: show}
	for ctx.Err() == nil {
		if err := checkDir(dir); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		f.look(ctx)
		wait(ctx, lookPause)
	}
	return context.Cause(ctx)
}

// following is a second terminal, as it sees itself.
type following struct {
	path  string
	show  func(*Status)
	alone bool // show was told that there is no presentation
}

// look follows the presentation if there is one, to its end. One that breaks the
// line off may be there still, and only have found this end too slow: whether it
// has gone is seen at the next look.
func (f *following) look(ctx context.Context) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, "unix", f.path)
	if err != nil {
		f.gone(ctx)
		return
	}
	defer conn.Close()
	defer context.AfterFunc(ctx, func() { _ = conn.Close() })()
	if f.read(ctx, conn) {
		f.gone(ctx)
	}
}

// read shows what comes, and reports whether it ended with goodbye. A line that
// is too long or makes no sense ends it too.
func (f *following) read(ctx context.Context, conn net.Conn) bool {
	lines := bufio.NewScanner(conn)
	lines.Buffer(make([]byte, 0, 16<<10), maxLine)
	for lines.Scan() && ctx.Err() == nil {
		m, err := decode(lines.Bytes())
		if err != nil {
			return false
		}
		if m.Bye {
			return true
		}
		f.alone = false
		f.show(m.Status)
	}
	return false
}

// gone says once that there is no presentation.
func (f *following) gone(ctx context.Context) {
	if !f.alone && ctx.Err() == nil {
		f.alone = true
		f.show(nil)
	}
}

// wait rests for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}
