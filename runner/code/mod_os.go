package code

import (
	"os"
	"sort"

	"go.starlark.net/starlark"
	"golang.org/x/sys/unix"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

func osModule() *Module {
	path := newModule(&Module{Name: "os.path", Help: words.F("names of files"), funcs: []method{
		{"exists", "exists(path)", words.F("is there a file of that name?"), osExists},
	}})
	return &Module{Name: "os", Help: words.F("the operating system"), values: starlark.StringDict{
		"linesep": newStr("\n"),
		"name":    newStr("posix"),
		"path":    path,
	}, funcs: []method{
		{"getpid", "getpid()", words.F("the number of this process"), func(c *call) (starlark.Value, error) {
			return starlark.MakeInt(os.Getpid()), c.unpack()
		}},
		{"getcwd", "getcwd()", words.F("the folder in which this process works"), osGetcwd},
		{"listdir", "listdir(path='.')", words.F("the names in a folder"), osListdir},
		{"stat", "stat(path)", words.F("what the file system knows of a file: st_mode, st_size and more"), osStat},
		{"unlink", "unlink(path)", words.F("removes a name from its folder"), osUnlink},
		{"remove", "remove(path)", words.F("removes a name from its folder"), osUnlink},
	}}
}

// mayRun asks whether this call may start programs or touch files.
func (c *call) mayRun() bool {
	allow := c.interp().cfg.AllowProcess
	return allow == nil || allow(c)
}

// mayReachOut is nil if code may start programs and touch files.
func (c *call) mayReachOut() error {
	if c.mayRun() {
		return nil
	}
	return raiseText("PermissionError", "", words.F("a lesson from elsewhere may not start programs or touch files unless you allow it"))
}

// pathOf is the argument path, of a call that may be made.
func pathOf(c *call, fallback string) (string, error) {
	var v starlark.Value
	name := "path"
	if fallback != "" {
		v, name = newStr(fallback), "path?"
	}
	if err := c.unpack(name, &v); err != nil {
		return "", err
	}
	text, err := pathArg(v)
	if err != nil {
		return "", typeError("%s: path should be string, bytes or os.PathLike, not %s", c.name, typeName(v))
	}
	return text, c.mayReachOut()
}

// osFailed is the error of a call about a file.
func osFailed(call, path string, err error) error {
	errno := netlab.Errno(err)
	if errno == 0 {
		return raise("OSError", "", "%s", err.Error())
	}
	e := raise(Exception(errno), Tag(errno), "%s %s: %s", call, path, errno.Error())
	e.Err = err
	return e
}

func osExists(c *call) (starlark.Value, error) {
	path, err := pathOf(c, "")
	if err != nil {
		return nil, err
	}
	_, err = os.Stat(path)
	return starlark.Bool(err == nil), nil
}

func osGetcwd(c *call) (starlark.Value, error) {
	if err := c.unpack(); err != nil {
		return nil, err
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, osFailed("getcwd", "", err)
	}
	return newStr(dir), nil
}

func osListdir(c *call) (starlark.Value, error) {
	path, err := pathOf(c, ".")
	if err != nil {
		return nil, err
	}
	list, err := os.ReadDir(path)
	if err != nil {
		return nil, osFailed("listdir", path, err)
	}
	var names []string
	for _, d := range list {
		names = append(names, d.Name())
	}
	sort.Strings(names)
	return strKind.list(names), nil
}

func osUnlink(c *call) (starlark.Value, error) {
	path, err := pathOf(c, "")
	if err != nil {
		return nil, err
	}
	info, err := os.Lstat(path)
	if err == nil && info.IsDir() {
		return nil, osFailed("unlink", path, unix.EISDIR)
	}
	if err == nil {
		err = os.Remove(path)
	}
	if err != nil {
		return nil, osFailed("unlink", path, err)
	}
	return starlark.None, nil
}
