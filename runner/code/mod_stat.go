package code

import (
	"fmt"
	"os"
	"strings"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/runner/words"
)

// statResult is what os.stat returns: the numbers of stat(2).
type statResult struct {
	fields starlark.StringDict
}

var _ starlark.HasAttrs = (*statResult)(nil)

// statFields are the numbers in the order in which Python prints them.
var statFields = []string{"st_mode", "st_ino", "st_dev", "st_nlink", "st_uid", "st_gid", "st_size"}

func (s *statResult) String() string {
	var list []string
	for _, name := range statFields {
		list = append(list, name+"="+s.fields[name].String())
	}
	return "os.stat_result(" + strings.Join(list, ", ") + ")"
}

func (s *statResult) Type() string          { return "os.stat_result" }
func (s *statResult) Freeze()               {}
func (s *statResult) Truth() starlark.Bool  { return true }
func (s *statResult) Hash() (uint32, error) { return 0, errUnhashable }

// Attr is one of the numbers.
func (s *statResult) Attr(name string) (starlark.Value, error) {
	if v := s.fields[name]; v != nil {
		return v, nil
	}
	return nil, nil
}

// AttrNames lists the numbers.
func (s *statResult) AttrNames() []string { return append([]string(nil), statFields...) }

func osStat(c *call) (starlark.Value, error) {
	path, err := pathOf(c, "")
	if err != nil {
		return nil, err
	}
	var st unix.Stat_t
	if err := unix.Stat(path, &st); err != nil {
		return nil, osFailed("stat", path, err)
	}
	return &statResult{starlark.StringDict{
		"st_mode": starlark.MakeUint64(uint64(st.Mode)), "st_ino": starlark.MakeUint64(st.Ino),
		"st_dev": starlark.MakeInt64(int64(st.Dev)), "st_nlink": starlark.MakeInt64(int64(st.Nlink)),
		"st_uid": starlark.MakeUint64(uint64(st.Uid)), "st_gid": starlark.MakeUint64(uint64(st.Gid)),
		"st_size": starlark.MakeInt64(st.Size),
	}}, nil
}

// statModule is the module stat, which reads st_mode.
func statModule() *Module {
	is := func(name string, kind int, help words.Text) method {
		return method{name, name + "(mode)", help, func(c *call) (starlark.Value, error) {
			mode := 0
			err := c.unpack("*mode", &mode)
			return starlark.Bool(mode&unix.S_IFMT == kind), err
		}}
	}
	return &Module{Name: "stat", Help: words.F("what st_mode says of a file"), values: starlark.StringDict{
		"S_IFSOCK": starlark.MakeInt(unix.S_IFSOCK), "S_IFREG": starlark.MakeInt(unix.S_IFREG),
		"S_IFDIR": starlark.MakeInt(unix.S_IFDIR),
	}, funcs: []method{
		is("S_ISSOCK", unix.S_IFSOCK, words.F("is it a socket?")),
		is("S_ISREG", unix.S_IFREG, words.F("is it a file of bytes?")),
		is("S_ISDIR", unix.S_IFDIR, words.F("is it a folder?")),
		{"filemode", "filemode(mode)", words.F("type and permissions as ls -l writes them"), func(c *call) (starlark.Value, error) {
			mode := 0
			err := c.unpack("*mode", &mode)
			return newStr(fileMode(mode)), err
		}},
	}}
}

// kindLetters are the types of files as ls(1) writes them.
var kindLetters = map[int]string{
	unix.S_IFSOCK: "s", unix.S_IFREG: "-", unix.S_IFDIR: "d", unix.S_IFLNK: "l",
	unix.S_IFCHR: "c", unix.S_IFBLK: "b", unix.S_IFIFO: "p",
}

func fileMode(mode int) string {
	kind, ok := kindLetters[mode&unix.S_IFMT]
	if !ok {
		kind = "?"
	}
	return kind + strings.TrimPrefix(fmt.Sprint(os.FileMode(mode&0o777)), "-")
}
