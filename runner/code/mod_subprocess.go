package code

import (
	"go.starlark.net/starlark"

	"github.com/socklab/socklab/runner/words"
)

// The numbers of subprocess.PIPE, STDOUT and DEVNULL.
const (
	subPipe    = -1
	subStdout  = -2
	subDevnull = -3
)

// maxRead is how much of a child's output is read into memory at once.
const maxRead = 64 << 20

// Subprocess is Python's subprocess module with children of the lab.
func (n *Net) Subprocess() *Module {
	popenSig := "Popen(args, stdin=None, stdout=None, stderr=None, shell=False, cwd=None, env=None, text=None)"
	runSig := "run(args, input=None, capture_output=False, timeout=None, check=False, …)"
	return &Module{
		Name: "subprocess", Help: words.F("other programs and the pipes to them"),
		values: starlark.StringDict{
			"PIPE": starlark.MakeInt(subPipe), "STDOUT": starlark.MakeInt(subStdout), "DEVNULL": starlark.MakeInt(subDevnull),
			"Popen": &typeObject{name: popenType, row: method{"Popen", popenSig,
				words.F("starts a program beside you. Without PIPE its output appears here; without stdin=PIPE it reads an empty input"), n.popen}},
			"CompletedProcess": &typeObject{name: completedType, row: method{"CompletedProcess",
				"CompletedProcess(args, returncode, stdout=None, stderr=None)", words.F("what run returns"), newCompleted}},
		},
		funcs: []method{
			{"run", runSig, words.F("starts a program and waits until it has ended"), n.run},
			{"call", "call(args, timeout=None, …)", words.F("starts a program, waits, and returns its exit status"), n.callFn},
			{"check_call", "check_call(args, timeout=None, …)", words.F("as call, but a status other than 0 is an error"), n.checkCall},
			{"check_output", "check_output(args, timeout=None, …)", words.F("starts a program, waits, and returns what it printed"), n.checkOutput},
			{"getoutput", "getoutput(cmd)", words.F("what a shell's command prints, as text"), n.getOutput},
			{"getstatusoutput", "getstatusoutput(cmd)", words.F("the exit status of a shell's command and what it prints"), n.getStatusOutput},
		},
	}
}

const (
	popenType     = "subprocess.Popen"
	completedType = "subprocess.CompletedProcess"
)
