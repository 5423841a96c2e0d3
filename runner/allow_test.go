package runner

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A lesson from elsewhere starts no server that runs commands, nobody being
// there to be asked.
func TestALessonFromElsewhereRunsNothing(t *testing.T) {
	s, out := session(t, "")
	s.cfg.Foreign = true
	exec(t, s, `serve("exec")`, `serve("exec-framed", shell=True)`, `import subprocess`, `subprocess.run(["echo", "hi"])`)
	got := out.take()
	assert.Contains(t, got, "PermissionError: a server that runs commands was not allowed")
	assert.Empty(t, s.bench.net.Servers())
	assert.Empty(t, s.bench.lab.Children())
	s.cfg.Foreign = false
	exec(t, s, `remote = serve("exec")`)
	assert.Len(t, s.bench.net.Servers(), 1)
}
