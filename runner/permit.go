package runner

import (
	"context"
	"os"
	"strings"

	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/words"
)

// permitShell asks the learner, once in a session and for each lesson from
// elsewhere, whether a server may give whatever it receives to a shell, and says
// what that means.
func (s *Session) permitShell(ctx context.Context, origin string) bool {
	if s.shellWord[origin] || s.cfg.ShellAllowed {
		return true
	}
	s.report()
	warning := words.F("With shell=True this server runs any command that it receives, with a shell, as you: it can read, change and delete your files. Only programs of your own user on this machine can reach it, and it ends with the lab.")
	if os.Getuid() == 0 {
		warning = words.F("With shell=True this server runs any command that it receives, with a shell; since you are root, as the user nobody. Only programs of root on this machine can reach it, and it ends with the lab.")
	}
	s.out.Warn(warning)
	line, err := s.con.ReadLine(console.NoHistory(ctx), s.lang().T("Type yes to allow it: "))
	switch strings.ToLower(strings.TrimSpace(line)) {
	case "yes", "y", "是":
		s.shellWord[origin] = err == nil
	}
	return s.shellWord[origin]
}
