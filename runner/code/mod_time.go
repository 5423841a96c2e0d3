package code

import (
	"os"
	"runtime"
	"time"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// started is what monotonic and perf_counter count from.
var started = time.Now()

func builtinModules(cfg Config) []*Module {
	return []*Module{timeModule(), sysModule(cfg.Argv), osModule(), statModule(), jsonModule()}
}

func timeModule() *Module {
	since := func(c *call) (starlark.Value, error) {
		return starlark.Float(time.Since(started).Seconds()), c.unpack()
	}
	return &Module{Name: "time", Help: words.F("waiting and clocks"), funcs: []method{
		{"sleep", "sleep(seconds)", words.F("wait so many seconds"), timeSleep},
		{"time", "time()", words.F("the seconds since 1970"), func(c *call) (starlark.Value, error) {
			return starlark.Float(float64(time.Now().UnixMicro()) / 1e6), c.unpack()
		}},
		{"time_ns", "time_ns()", words.F("the nanoseconds since 1970"), func(c *call) (starlark.Value, error) {
			return starlark.MakeInt64(time.Now().UnixNano()), c.unpack()
		}},
		{"monotonic", "monotonic()", words.F("seconds on a clock that is never set back"), since},
		{"perf_counter", "perf_counter()", words.F("seconds on a clock for measuring"), since},
		{"ctime", "ctime()", words.F("date and time as text"), func(c *call) (starlark.Value, error) {
			return newStr(time.Now().Format("Mon Jan _2 15:04:05 2006")), c.unpack()
		}},
	}}
}

// timeSleep ends early with the context.
func timeSleep(c *call) (starlark.Value, error) {
	seconds := 0.0
	if err := c.unpack("*secs", &seconds); err != nil {
		return nil, err
	}
	if seconds < 0 {
		return nil, valueError("sleep length must be non-negative")
	}
	const most = 100 * 365 * 24 * time.Hour
	d := most
	if seconds < most.Seconds() {
		d = time.Duration(seconds * float64(time.Second))
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-c.ctx().Done():
		return nil, c.ctx().Err()
	case <-timer.C:
		return starlark.None, nil
	}
}

func sysModule(args []string) *Module {
	if len(args) == 0 {
		args = []string{""}
	}
	return &Module{Name: "sys", Help: words.F("this program"), values: starlark.StringDict{
		"argv":      strKind.list(args),
		"byteorder": newStr(nativeOrder()),
		// The program itself, as in CPython: `socklab serve` can be its own child.
		"executable": newStr(executable()),
		"maxsize":    starlark.MakeInt64(1<<63 - 1),
		"platform":   newStr(runtime.GOOS),
		"version":    newStr("3.11 (socklab)"),
		"version_info": starlark.Tuple{starlark.MakeInt(3), starlark.MakeInt(11), starlark.MakeInt(0),
			newStr("final"), starlark.MakeInt(0)},
	}, funcs: []method{
		{"exit", "exit()", words.F("leave"), exitFn},
		{"getsizeof", "getsizeof(x)", words.F("about how many bytes of memory x takes"), func(c *call) (starlark.Value, error) {
			var v starlark.Value
			err := c.unpack("*object", &v)
			if err != nil {
				return nil, err
			}
			return starlark.MakeInt(48 + max(starlark.Len(v), 0)), nil
		}},
	}}
}

// executable is "" if the system does not tell, as CPython has it.
func executable() string {
	path, err := os.Executable()
	if err != nil {
		return ""
	}
	return path
}

func nativeOrder() string {
	// All that Go runs on with another order is of no concern here.
	switch runtime.GOARCH {
	case "ppc64", "s390x", "mips", "mips64":
		return "big"
	}
	return "little"
}
