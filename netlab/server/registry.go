package server

import (
	"fmt"
	"sort"
	"strconv"
	"strings"
	"time"
)

// A Kind is one sort of server: data, so that help, completion and the manual
// come from the same place as the behaviour.
type Kind struct {
	Name    string
	Summary string
	Options []Option
	// Spawns says that it runs commands for whoever connects: on 127.0.0.1 alone,
	// for programs of the same user.
	Spawns bool
	// Datagrams says that it is a UDP server: one socket, no listening.
	Datagrams bool
	// Calls says that it is no server but callers: host and port are whom they call.
	Calls bool

	check func(Values) error // what the types of the options do not say; may be nil
	serve func(*Server)
}

// An Option of a server kind. Default also fixes its type: bool, int, a time
// in seconds (time.Duration), string or []string.
type Option struct {
	Name    string
	Default any
	Help    string
}

// common are the options of every kind.
var common = []Option{
	{"name", "", "what the lab calls it; at first its kind"},
	{"host", "127.0.0.1", "the address to bind"},
	{"port", 0, "the port to bind; 0 lets the kernel choose"},
	{"reuseaddr", true, "set SO_REUSEADDR before bind"},
	{"backlog", 5, "what listen is given"},
}

// commonDatagram are the options of every UDP kind. SO_REUSEADDR is off: on UDP it
// lets another socket take the messages (socket(7)).
var commonDatagram = []Option{
	common[0], common[1], common[2],
	{"reuseaddr", false, "set SO_REUSEADDR before bind, which lets another socket take the port too"},
}

// commonCalls are the options of every kind that calls.
var commonCalls = []Option{
	common[0],
	{"host", "127.0.0.1", "whom they call"},
	{"port", 0, "the port that they call"},
}

var kinds = []Kind{tcpUpper, httpPage, silent, deaf, chunky, execPlain, execFramed, room, crowd, udpUpper, chatFriend}

// Kinds lists the server kinds by name.
func Kinds() []Kind {
	list := append([]Kind(nil), kinds...)
	sort.Slice(list, func(a, b int) bool { return list[a].Name < list[b].Name })
	return list
}

// Find is the kind with the name.
func Find(name string) (Kind, bool) {
	for _, k := range kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// NeedsWord reports whether a person has to allow a server with these values:
// it would give whatever it receives to a shell.
func (k Kind) NeedsWord(given Values) bool {
	v, err := k.values(given)
	return k.Spawns && (err != nil && given["shell"] != nil || err == nil && v["shell"] == true)
}

// AllOptions lists the options of every kind and this one's own.
func (k Kind) AllOptions() []Option {
	shared := common
	switch {
	case k.Datagrams:
		shared = commonDatagram
	case k.Calls:
		shared = commonCalls
	}
	return append(append([]Option(nil), shared...), k.Options...)
}

// UnknownKindError names a kind that is not in the registry.
type UnknownKindError struct{ Name string }

func (e *UnknownKindError) Error() string {
	names := make([]string, 0, len(kinds))
	for _, k := range Kinds() {
		names = append(names, k.Name)
	}
	return fmt.Sprintf("no server kind %q; there are: %s", e.Name, strings.Join(names, ", "))
}

// OptionError is an option that the kind does not have, or a value of the
// wrong type.
type OptionError struct {
	Kind, Option, Problem string
	Options               []string
}

func (e *OptionError) Error() string {
	if e.Problem != "" {
		return fmt.Sprintf("server %s: option %s: %s", e.Kind, e.Option, e.Problem)
	}
	return fmt.Sprintf("server %s has no option %q; there are: %s", e.Kind, e.Option, strings.Join(e.Options, ", "))
}

// Values are options by name, typed as their defaults are.
type Values map[string]any

// values checks what was given against what the kind has.
func (k Kind) values(given Values) (Values, error) {
	all := Values{}
	var names []string
	for _, o := range k.AllOptions() {
		all[o.Name] = o.Default
		names = append(names, o.Name)
	}
	for name, v := range given {
		def, ok := all[name]
		if !ok {
			return nil, &OptionError{Kind: k.Name, Option: name, Options: names}
		}
		typed, problem := convert(def, v)
		if problem != "" {
			return nil, &OptionError{Kind: k.Name, Option: name, Problem: problem}
		}
		all[name] = typed
	}
	if k.check != nil {
		return all, k.check(all)
	}
	return all, nil
}

// convert fits v to the type of the default. Text is read as the type's
// literal, so that options can come from a command line.
func convert(def, v any) (any, string) {
	if s, ok := v.(string); ok {
		return parse(def, s)
	}
	switch def.(type) {
	case bool:
		if b, ok := v.(bool); ok {
			return b, ""
		}
		return nil, "True or False, please"
	case int:
		if n, ok := v.(int); ok {
			return n, ""
		}
		return nil, "a whole number, please"
	case time.Duration:
		switch n := v.(type) {
		case int:
			return time.Duration(n) * time.Second, ""
		case float64:
			return time.Duration(n * float64(time.Second)), ""
		}
		return nil, "a number of seconds, please"
	case []string:
		if list, ok := v.([]string); ok {
			return list, ""
		}
		return nil, "a list, please"
	}
	return nil, "text, please"
}

func parse(def any, s string) (any, string) {
	switch def.(type) {
	case bool:
		b, err := strconv.ParseBool(strings.ToLower(s))
		if err != nil {
			return nil, "True or False, please"
		}
		return b, ""
	case int:
		n, err := strconv.Atoi(s)
		if err != nil {
			return nil, "a whole number, please"
		}
		return n, ""
	case time.Duration:
		f, err := strconv.ParseFloat(s, 64)
		if err != nil {
			return nil, "a number of seconds, please"
		}
		return time.Duration(f * float64(time.Second)), ""
	case []string:
		return strings.Fields(strings.ReplaceAll(s, ",", " ")), ""
	}
	return s, ""
}
