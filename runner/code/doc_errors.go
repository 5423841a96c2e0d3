package code

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

// ErrnoDoc is what help says of an error of the kernel.
type ErrnoDoc struct {
	Symbol string // "ECONNREFUSED"
	Number int    // on this system
	Kind   string // the exception that it becomes
	Means  words.Text
}

// ErrorGiver is a call that can give an error, and why it does.
type ErrorGiver struct {
	Call string // "socket.connect"
	Why  words.Text
}

// errnoNumbers are the errnos of this system by their symbols.
var errnoNumbers = sync.OnceValue(func() map[string]syscall.Errno {
	all := map[string]syscall.Errno{}
	for n := syscall.Errno(1); n < 200; n++ {
		if name := netlab.ErrnoName(n); name != "" {
			all[name] = n
		}
	}
	return all
})

// errnoOf finds an errno by its symbol, 0 if the system has none of that name.
func errnoOf(symbol string) syscall.Errno { return errnoNumbers()[symbol] }

// exceptionOf is the exception that an errno becomes.
func exceptionOf(symbol string) string { return Exception(errnoOf(symbol)) }

// Errnos lists the errors of the kernel that a call can give, by their symbols.
func Errnos() []ErrnoDoc {
	var list []ErrnoDoc
	for _, symbol := range slices.Sorted(maps.Keys(errnoMeanings)) {
		if n := errnoOf(symbol); n != 0 {
			list = append(list, ErrnoDoc{symbol, int(n), Exception(n), errnoMeanings[symbol]})
		}
	}
	return list
}

// FindErrno finds an error by its symbol, in letters of any size, or its number.
func FindErrno(name string) (ErrnoDoc, bool) {
	name = strings.ToUpper(name)
	if name == "EWOULDBLOCK" {
		name = "EAGAIN"
	}
	for _, e := range Errnos() {
		if e.Symbol == name || strconv.Itoa(e.Number) == name {
			return e, true
		}
	}
	return ErrnoDoc{}, false
}

// Givers lists the calls that can give an error, which is the symbol of an
// errno or an exception of Python, in the order of their names.
func Givers(name string) []ErrorGiver {
	var list []ErrorGiver
	for _, key := range slices.Sorted(maps.Keys(docs)) {
		for _, e := range withKinds(docs[key].Errors) {
			if e.Symbol == name || e.Kind == name {
				list = append(list, ErrorGiver{readable(key), e.Why})
			}
		}
	}
	return list
}

// readable is a key of the tables as it is written in help.
func readable(key string) string {
	if name, ok := strings.CutPrefix(key, "text."); ok {
		if strMethods.rows[name] != nil {
			return "str." + name
		}
		return "bytes." + name
	}
	return key
}
