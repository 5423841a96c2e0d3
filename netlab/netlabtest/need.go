package netlabtest

import (
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// Need skips the test if a program is not installed, naming the remedy. With
// the program in SOCKLAB_REQUIRE, a list with commas, that is a failure.
func Need(tb testing.TB, program, remedy string) {
	tb.Helper()
	if _, err := exec.LookPath(program); err == nil {
		return
	}
	if slices.Contains(strings.Split(os.Getenv("SOCKLAB_REQUIRE"), ","), program) {
		tb.Fatalf("SOCKLAB_REQUIRE names %s, which is not installed: %s", program, remedy)
	}
	tb.Skipf("%s is not installed: %s", program, remedy)
}
