package runner

import (
	"errors"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/lessons"
	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
)

// serverFaults are the faults of a block as "line: text".
func serverFaults(code string) []string {
	err := checkServers(code)
	if err == nil {
		return nil
	}
	var list []string
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var at *lintError
		if errors.As(e, &at) {
			list = append(list, fmt.Sprintf("%d: %s", at.line, at.text))
		}
	}
	return list
}

func TestLintKnowsKindsAndOptions(t *testing.T) {
	for code, want := range map[string]string{
		`serve("tcp-uper")`:                            `1: there is no server "tcp-uper": did you mean tcp-upper?`,
		"x = 1\nserve('nothing')":                      `2: there is no server "nothing": the kinds are chat-friend, chunky,`,
		`a = serve("deaf", port=93020)`:                `1: port=93020 of the server deaf: write a port, 0 to 65535`,
		`serve("deaf", port="93020")`:                  `1: port="93020" of the server deaf: write a port, 0 to 65535`,
		`serve("deaf", port=-1)`:                       `1: port=-1 of the server deaf: write a port`,
		"serve(\"deaf\",\n  backlog=1,\n  prot=8080)":  `3: the server deaf has no option prot: did you mean port?`,
		`serve("udp-upper", zzzzzz=3)`:                 `1: the server udp-upper has no option zzzzzz: it has name, host, port,`,
		`serve("udp-upper", backlog=3)`:                `1: the server udp-upper has no option backlog: it has`,
		`serve("deaf", reuseaddr=1)`:                   `1: reuseaddr=1 of the server deaf: write True or False`,
		`serve("deaf", backlog=1.5)`:                   `1: backlog=1.5 of the server deaf: write a whole number`,
		`serve("deaf", backlog=None)`:                  `1: backlog=None of the server deaf: write a whole number`,
		`serve("chunky", pause="long")`:                `1: pause="long" of the server chunky: write a number of seconds`,
		`serve("chunky", schedule=3)`:                  `1: schedule=3 of the server chunky: write a list`,
		`serve("deaf", name=3)`:                        `1: name=3 of the server deaf: write a text`,
		`serve("deaf", 8080)`:                          `1: serve takes one argument without a name, the kind, not 2`,
		`serve()`:                                      `1: serve takes one argument without a name, the kind, not 0`,
		"# one\nserve tcp-uper port=8080":              `2: there is no server "tcp-uper": did you mean tcp-upper?`,
		"serve deaf prt=8080":                          `1: the server deaf has no option prt: did you mean port?`,
		"serve deaf port=93020 name=x":                 `1: port=93020 of the server deaf`,
		"serve deaf port":                              `1: the command serve is written serve KIND`,
		"def f():\n    return serve(\"daef\")":         `2: there is no server "daef": did you mean deaf?`,
		"if 1:\n    x = [serve(\"daef\", port=p + 1)]": `2: there is no server "daef"`,
	} {
		found := serverFaults(code)
		if assert.Len(t, found, 1, code) {
			assert.Contains(t, found[0], want, code)
		}
	}
	assert.Len(t, serverFaults("serve(\"daef\")\nserve(\"deaf\", a=1, b=2)"), 3, "all at once")
}

// Every kind with every option at its default is fine, and what is computed,
// quoted or somebody else's is left alone.
func TestLintLeavesGoodServersAlone(t *testing.T) {
	for _, k := range server.Kinds() {
		code := "serve(\"" + k.Name + "\""
		for _, o := range k.AllOptions() {
			code += ",\n    " + o.Name + "=" + optionDefault(o.Default)
		}
		assert.Empty(t, serverFaults(code+")"), k.Name)
		assert.Empty(t, serverFaults("serve "+k.Name+" name=x"), k.Name)
	}
	for _, code := range []string{
		`serve(kind, port=99999)`, `serve("ta" + "il")`, `serve(f"{kind}")`, `serve("deaf", port=base + 99999)`, `serve("deaf", **more)`,
		`serve("deaf", port=pick(1, 2), backlog=[1, 2][0])`, `x.serve("nothing")`, `reserve("nothing")`, `serve_all("nothing")`,
		`# serve("nothing")`, `print('serve("nothing")', "it's")`, "x = \"\"\"\nserve nothing\nserve(\"nothing\")\n\"\"\"",
		`serve("deaf", port=0x1F90, backlog=1_000)`, `serve("deaf", port="8080", reuseaddr="false")`, `serve("chunky", pause=1, schedule=["4", "0.5s"])`,
		`serve("exec", allow="ls,cat", limit="1.5")`, `serve("deaf",)`, `serve = 3`, `serve`, `serve(`, `serve("`, `serve("deaf", port=8080 # a comment` + "\n)",
		"def serve(c, n):\n    c.recv(n)",
	} {
		assert.Empty(t, serverFaults(code), code)
	}
}

// What lint lets through starts, and what it refuses does not.
func TestLintAgreesWithTheServersThemselves(t *testing.T) {
	values := map[string]any{"True": true, "3": 3, "1.5": 1.5, `"x"`: "x", `"7"`: "7", `"true"`: "true", `["a"]`: []string{"a"}}
	for _, k := range server.Kinds() {
		if k.Spawns || k.Calls {
			continue // they want more than types
		}
		for _, o := range k.AllOptions() {
			if o.Name == "host" || o.Name == "manner" || o.Name == "schedule" || o.Name == "hangup" {
				continue // so do these
			}
			for literal, value := range values {
				if o.Name == "port" && value != "x" && value != true {
					continue // it may be taken, or forbidden
				}
				lab := netlab.New()
				_, err := server.Start(lab, k.Name, server.Values{o.Name: value})
				assert.NoError(t, lab.Close())
				var option *server.OptionError
				code := fmt.Sprintf("serve(%q, %s=%s)", k.Name, o.Name, literal)
				assert.Equal(t, errors.As(err, &option), serverFaults(code) != nil, "%s: %v", code, err)
			}
		}
	}
}

func FuzzCheckServers(f *testing.F) {
	f.Add("serve(\"deaf\", port=1)")
	f.Add("serve deaf port=1 #")
	f.Add("serve(\"\"\"\\")
	f.Fuzz(func(_ *testing.T, src string) { _ = checkServers(src) })
}

func TestTheCourseStartsServersThatThereAre(t *testing.T) {
	blocks := 0
	for _, l := range lessons.Open(lessons.Embedded()).List("en") {
		for _, st := range l.Steps {
			for _, b := range st.Lab() {
				blocks += len(serveCalls(b.Code))
			}
		}
	}
	assert.Greater(t, blocks, 20, "serve is found where it stands")
}
