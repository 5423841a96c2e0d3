package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"socklab": main})
}

// TestScripts runs the scripts of testdata/script: the program as a user's
// shell sees it, on real sockets, without a terminal.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(env *testscript.Env) error {
			home := env.WorkDir + "/home"
			env.Setenv("HOME", home)
			env.Setenv("XDG_STATE_HOME", home+"/state")
			env.Setenv("XDG_RUNTIME_DIR", home)
			env.Setenv("LANG", "en_US.UTF-8")
			env.Setenv("LC_ALL", "")
			return os.MkdirAll(home, 0o700)
		},
		Condition: func(cond string) (bool, error) {
			program, ok := strings.CutPrefix(cond, "has:")
			if !ok {
				return false, nil
			}
			_, err := exec.LookPath(program)
			if err != nil && required(program) {
				t.Errorf("SOCKLAB_REQUIRE names %s, which is not installed", program)
			}
			return err == nil, nil
		},
	})
}

// required reports whether a skip for want of something is a failure: in CI
// SOCKLAB_REQUIRE lists what must be there.
func required(what string) bool {
	for _, name := range strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ",") {
		if name == what {
			return true
		}
	}
	return false
}
