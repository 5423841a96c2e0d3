package runner

import (
	"context"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/view"
)

// TestMain is also `socklab serve`, for lessons that start it as their child:
// sys.executable is the test's own program here.
func TestMain(m *testing.M) {
	if len(os.Args) > 2 && os.Args[1] == "serve" {
		os.Exit(serveAlone(os.Args[2], os.Args[3:]))
	}
	goleak.VerifyTestMain(m)
}

func serveAlone(kind string, args []string) int {
	values := server.Values{}
	for i := 0; i < len(args); i++ {
		name, value, _ := strings.Cut(args[i], "=")
		if name == "--addr" && i+1 < len(args) {
			i++
			at, err := netlab.ParseAddr(args[i])
			if err != nil {
				return 2
			}
			values["port"] = at.Port
			continue
		}
		values[name] = value
	}
	if Serve(context.Background(), os.Stdout, view.New(os.Stdout, view.Options{}), kind, values) != nil {
		return 1
	}
	return 0
}
