package code

import "github.com/socklab/socklab/runner/words"

// osDocs are the functions of os, stat, time, sys and json, as far as they are here.
var osDocs = map[string]Doc{
	"os.getpid": {
		Result:  words.F("the number of this process, in which the lab and its servers run"),
		Source:  "getpid(2)",
		Example: "os.getpid()",
	},
	"os.getcwd": {
		Result: words.F("the folder, as text"),
		Errors: []DocError{
			errno("ENOENT", words.F("the folder was removed meanwhile")),
		},
		Source:  "getcwd(3)",
		Example: "os.getcwd()",
	},
	"os.listdir": {
		Args: []DocLine{
			{"path", words.F("a folder; the current one if left out")},
		},
		Result: words.F("a list of the names in it, in order"),
		Errors: []DocError{
			errno("ENOENT", words.F("there is no such folder")),
			errno("ENOTDIR", words.F("that is no folder")),
			errno("EACCES", words.F("the folder may not be read")),
			whyNotAllowed, whyPathType,
		},
		Source:  "readdir(3)",
		Example: `os.listdir("/")`,
	},
	"os.stat": {
		Args: []DocLine{
			{"path", words.F("a file")},
		},
		Result: words.F("st_mode, st_size, st_ino, st_uid and more; the module stat reads st_mode"),
		Errors: []DocError{
			errno("ENOENT", words.F("there is no such file")),
			errno("ENOTDIR", words.F("a part of the path is no folder")),
			errno("EACCES", words.F("a folder of the path may not be searched")),
			whyNotAllowed, whyPathType,
		},
		Source:  "stat(2)",
		Example: `os.stat("/").st_mode`,
	},
	"os.unlink": {
		Args: []DocLine{
			{"path", words.F("a file; the name of an AF_UNIX socket too")},
		},
		Result: words.F("None"),
		Errors: []DocError{
			errno("ENOENT", words.F("there is no such file")),
			errno("EISDIR", words.F("that is a folder")),
			errno("EACCES", words.F("the folder may not be written")),
			errno("EPERM", words.F("the folder is sticky (as /tmp is), and the file is somebody else's")),
			whyNotAllowed, whyPathType,
		},
		Notes:   words.F("The name is gone at once; whoever has the file open keeps it. Without it nobody can connect to an AF_UNIX socket."),
		Source:  "unlink(2)",
		Example: `os.unlink("/tmp/lab.sock")`,
	},
	"os.path.exists": {
		Args: []DocLine{
			{"path", words.F("a file or a folder")},
		},
		Result: words.F("True if there is one that can be seen from here"),
		Errors: []DocError{
			whyNotAllowed, whyPathType,
		},
		Source:  "stat(2)",
		Example: `os.path.exists("/tmp")`,
	},
	"stat.S_ISSOCK": {
		Args: []DocLine{
			{"mode", words.F("st_mode of os.stat")},
		},
		Result:  words.F("True for the file of an AF_UNIX socket"),
		Source:  "inode(7)",
		Example: `stat.S_ISSOCK(os.stat("/").st_mode)`,
	},
	"stat.S_ISREG": {
		Args: []DocLine{
			{"mode", words.F("st_mode of os.stat")},
		},
		Result:  words.F("True for a file of bytes"),
		Source:  "inode(7)",
		Example: `stat.S_ISREG(os.stat("/").st_mode)`,
	},
	"stat.S_ISDIR": {
		Args: []DocLine{
			{"mode", words.F("st_mode of os.stat")},
		},
		Result:  words.F("True for a folder"),
		Source:  "inode(7)",
		Example: `stat.S_ISDIR(os.stat("/").st_mode)`,
	},
	"stat.filemode": {
		Args: []DocLine{
			{"mode", words.F("st_mode of os.stat")},
		},
		Result:  words.F("ten letters, such as 'srwxr-xr-x' of a socket"),
		Source:  "inode(7), ls(1)",
		Example: `stat.filemode(os.stat("/").st_mode)`,
	},
	"time.sleep": {
		Args: []DocLine{
			{"seconds", words.F("0.5 is half a second")},
		},
		Result: words.F("None, after that time; Ctrl-C ends it"),
		Errors: []DocError{
			raised("ValueError", words.F("the time is negative")),
		},
		Source:  "nanosleep(2)",
		Example: "time.sleep(0.1)",
	},
	"time.time": {
		Result:  words.F("seconds since 1970 as a number with a fraction"),
		Source:  "clock_gettime(2)",
		Example: "time.time()",
	},
	"time.time_ns": {
		Result:  words.F("nanoseconds since 1970 as a whole number"),
		Source:  "clock_gettime(2)",
		Example: "time.time_ns()",
	},
	"time.monotonic": {
		Result:  words.F("seconds; only the difference of two of them means something"),
		Source:  "clock_gettime(2)",
		Example: "time.monotonic()",
	},
	"time.perf_counter": {
		Result:  words.F("seconds; only the difference of two of them means something"),
		Source:  "clock_gettime(2)",
		Example: "time.perf_counter()",
	},
	"time.ctime": {
		Result:  words.F("text such as 'Mon Jan  5 10:00:00 2026'"),
		Source:  "ctime(3)",
		Example: "time.ctime()",
	},
	"sys.exit": {
		Args: []DocLine{
			{"code", words.F("the exit status, 0 if left out; a text is shown, and the status is 1")},
		},
		Result: words.F("it does not return"),
		Errors: []DocError{
			raised("TypeError", words.F("code is neither a number nor text")),
		},
		Source:  "exit(3)",
		Example: "sys.exit(1)",
	},
	"sys.getsizeof": {
		Args: []DocLine{
			{"x", words.F("any value")},
		},
		Result:  words.F("about how many bytes it takes in memory; a rough guess here"),
		Source:  "Python sys",
		Example: `sys.getsizeof(b"hi")`,
	},
	"json.dumps": {
		Args: []DocLine{
			{"x", words.F("text, numbers, True, False, None, lists, tuples and dictionaries of these")},
			{"ensure_ascii", words.F(`False: characters as they are, instead of \uXXXX`)},
			{"indent", words.F("how many blanks a level; None: one line")},
			{"sort_keys", words.F("True: keys in order")},
		},
		Result: words.F("text; .encode() makes bytes of it"),
		Errors: []DocError{
			raised("TypeError", words.F("a value that JSON does not have, such as bytes")),
			raised("ValueError", words.F("a list that holds itself")),
		},
		Source:  "RFC 8259",
		Example: `json.dumps({"size": 5})`,
	},
	"json.loads": {
		Args: []DocLine{
			{"text", words.F("text, or bytes in UTF-8")},
		},
		Result: words.F("the value: dictionaries, lists, text, numbers"),
		Errors: []DocError{
			raised("JSONDecodeError", words.F("that is no JSON; the place is named")),
			raised("TypeError", words.F("neither text nor bytes")),
		},
		Source:  "RFC 8259",
		Example: `json.loads('{"size": 5}')`,
	},
}
