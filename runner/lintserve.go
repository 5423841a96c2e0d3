package runner

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner/words"
)

// checkServers looks at the servers that a block starts, by serve("…") or by the
// command: whether there is such a kind, whether it has these options, whether
// their values are of the right sort. What is computed is left to [Verify], and
// so is what a kind asks of its values beyond that.
func checkServers(block string) error {
	var faults []error
	eachInput(block, func(line int, text string) {
		if isServeCommand(text) {
			_, args := commandArgs(text)
			expanded, err := expandServe(nil, args)
			if err != nil {
				faults = append(faults, &lintError{line: line, text: "the command serve is written " + commands["serve"].Usage})
			}
			text = expanded
		}
		for _, c := range serveCalls(text) {
			faults = append(faults, c.faults(line+c.line-1)...)
		}
	})
	return errors.Join(faults...)
}

// isServeCommand reports whether an input is the command serve with arguments.
func isServeCommand(text string) bool {
	rest, ok := strings.CutPrefix(text, "serve")
	bare := strings.TrimLeft(rest, " \t")
	return ok && bare != rest && bare != "" && !strings.ContainsAny(bare[:1], "=,+([.")
}

// faults are what is wrong with a call, each at a line of its block.
func (c serveCall) faults(line int) []error {
	var list []error
	add := func(at int, format string, args ...any) {
		list = append(list, &lintError{line: at, text: fmt.Sprintf(format, args...)})
	}
	if len(c.plain) != 1 {
		add(line, "serve takes one argument without a name, the kind, not %d: write the others as port=8080", len(c.plain))
		return list
	}
	kind, ok := textLiteral(c.plain[0])
	if !ok {
		return nil // it is computed
	}
	k, known := server.Find(kind)
	if !known {
		add(line, "there is no server %q%s", kind, nearestOf(kind, kindNames(), "the kinds are "))
		return list
	}
	for _, o := range c.named {
		if problem := optionFault(k, o.name, o.value); problem != "" {
			add(line+o.line-c.line, "%s", problem)
		}
	}
	return list
}

// optionFault says what is wrong with an option of a server, "" if nothing is.
func optionFault(k server.Kind, name, value string) string {
	var names []string
	for _, o := range k.AllOptions() {
		if o.Name == name {
			return valueFault(k.Name, o, value)
		}
		names = append(names, o.Name)
	}
	return fmt.Sprintf("the server %s has no option %s%s", k.Name, name, nearestOf(name, names, "it has "))
}

// valueFault is optionFault for an option that the kind has.
func valueFault(kind string, o server.Option, value string) string {
	want := ""
	got, ok := valueLiteral(value)
	if !ok {
		return "" // it is computed
	}
	text, isText := got.(string)
	switch o.Default.(type) {
	case bool:
		_, fits := got.(bool)
		if _, err := strconv.ParseBool(strings.ToLower(text)); !fits && (!isText || err != nil) {
			want = "True or False"
		}
	case int:
		n, fits := got.(int)
		if isText {
			number, err := strconv.Atoi(text)
			n, fits = number, err == nil
		}
		switch {
		case !fits:
			want = "a whole number"
		case o.Name == "port" && (n < 0 || n > 65535):
			want = "a port, 0 to 65535"
		}
	case time.Duration:
		_, whole := got.(int)
		_, fits := got.(float64)
		if _, err := strconv.ParseFloat(text, 64); !whole && !fits && (!isText || err != nil) {
			want = "a number of seconds"
		}
	case []string:
		if _, fits := got.([]string); !fits && !isText {
			want = "a list of texts"
		}
	default:
		if !isText {
			want = "a text"
		}
	}
	if want == "" {
		return ""
	}
	return fmt.Sprintf("%s=%s of the server %s: write %s", o.Name, value, kind, want)
}

// nearestOf is what to do about a name that is not in a list.
func nearestOf(name string, list []string, all string) string {
	if near := words.Nearest(name, list); near != "" {
		return ": did you mean " + near + "?"
	}
	return ": " + all + strings.Join(list, ", ")
}
