package code

import (
	"context"
	"fmt"
	"sort"
	"strings"

	"go.starlark.net/starlark"
)

// Config is what an interpreter needs of its surroundings. The zero Config
// runs code that neither prints nor reads, without commands.
type Config struct {
	// Print takes what print shows, its end= included, and what a prompt
	// echoes, with its \n.
	Print func(text string)
	// ReadLine reads a line for input(). io.EOF becomes EOFError,
	// ErrInterrupted or the end of ctx KeyboardInterrupt.
	ReadLine func(ctx context.Context, prompt string) (string, error)
	// IsVerb tells whether a word is a command of the prompt.
	IsVerb func(word string) bool
	// Command runs a command line met in a source, when it is reached. Its
	// error ends the source and comes back from Run unchanged, except that
	// an *Error without a place is given the command's.
	Command func(ctx context.Context, line string) error
	// Expand is the code that a command line stands for, or "".
	Expand func(line string) string
	// After is called after each statement of the top level, whether it
	// failed or not, before the next one runs.
	After func(ctx context.Context)
	// BeforeClose is called before a socket is closed: what it is connected to
	// and in which state can still be seen.
	BeforeClose func()
	// AllowProcess tells whether code may start programs and touch files;
	// nil: it may. It is asked each time and told which call wants to.
	AllowProcess func(doing fmt.Stringer) bool
	// Modules are there beside time, sys, json and os.
	Modules []*Module
	// Argv is sys.argv.
	Argv []string
}

// Interp runs sources one after another over one set of names. It is not safe
// for concurrent use; a command may call it again from inside a Run.
type Interp struct {
	cfg     Config
	env     starlark.StringDict // every name there is, hidden ones too
	base    starlark.StringDict // what del gives back
	bound   map[string]bound    // names the learner has bound
	modules map[string]*module  // by name
	sources map[string]*sourceText
	types   map[string]*typeObject // by name
	reached mark                   // the command line that was run last
	count   int                    // sources without a name so far
	thread  *starlark.Thread       // of the source that runs
	memory  memoryLimits
}

// bound is how the learner bound a name.
type bound uint8

const (
	notBound bound = iota
	byImport
	byCode
)

// New makes an interpreter with the built-in names and modules.
func New(cfg Config) *Interp {
	in := &Interp{
		cfg:     cfg,
		env:     starlark.StringDict{},
		base:    starlark.StringDict{},
		bound:   map[string]bound{},
		modules: map[string]*module{},
		sources: map[string]*sourceText{},
		types:   map[string]*typeObject{},
		memory:  memoryLimits{live: 512 << 20, heap: 1536 << 20},
	}
	for _, t := range typeObjects() {
		in.types[t.name] = t
		if isType(t.name) {
			in.Set(t.name, t)
		}
	}
	for name, v := range universe() {
		in.Set(name, v)
	}
	for _, m := range append(builtinModules(cfg), cfg.Modules...) {
		in.addModule(m)
	}
	in.Set("__name__", newStr("__main__"))
	for name, v := range in.hiddenNames() {
		in.env[name] = v
	}
	return in
}

// Set gives a name a value that the learner did not bind, such as the server
// of a lesson. The learner may bind the name anew; del gives this value back.
func (in *Interp) Set(name string, v starlark.Value) {
	in.base[name] = v
	if in.bound[name] == notBound {
		in.env[name] = v
	}
}

// Unset takes away a name that Set gave.
func (in *Interp) Unset(name string) {
	delete(in.base, name)
	if in.bound[name] == notBound {
		delete(in.env, name)
	}
}

// Get returns what a name stands for.
func (in *Interp) Get(name string) (starlark.Value, bool) {
	v, ok := in.env[name]
	return v, ok && !strings.HasPrefix(name, hidden)
}

// Bind binds a name as if the learner had assigned to it; commands that make
// something do.
func (in *Interp) Bind(name string, v starlark.Value) { in.bind(name, v, byCode) }

func (in *Interp) bind(name string, v starlark.Value, how bound) {
	in.env[name] = v
	if !strings.HasPrefix(name, hidden) {
		in.bound[name] = how
		if l, ok := v.(labelled); ok {
			l.setLabel(name)
		}
	}
}

// Bound tells whether the learner has bound a name.
func (in *Interp) Bound(name string) bool { return in.bound[name] != notBound }

// Learned lists the names that the learner has bound other than by import.
func (in *Interp) Learned() []string {
	var names []string
	for name, how := range in.bound {
		if how == byCode {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}

// Delete forgets what the learner has bound to a name, as del does, and tells
// whether there was anything. A name of the lab gets its own meaning back.
func (in *Interp) Delete(name string) bool {
	if in.bound[name] == notBound {
		return false
	}
	delete(in.bound, name)
	if v, ok := in.base[name]; ok {
		in.env[name] = v
	} else {
		delete(in.env, name)
	}
	return true
}

// names lists all names that can be typed.
func (in *Interp) names() []string {
	var names []string
	for name := range in.env {
		if !strings.HasPrefix(name, hidden) {
			names = append(names, name)
		}
	}
	sort.Strings(names)
	return names
}
