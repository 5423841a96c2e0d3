package runner

import (
	"regexp"
	"strconv"
	"strings"
)

// serveCall is one call of serve in a block of code, as it is written.
type serveCall struct {
	line  int      // counted from 1
	plain []string // arguments without a name
	named []serveOption
}

// serveOption is an argument with a name.
type serveOption struct {
	name, value string
	line        int
}

// serveCalls finds the calls of serve in code. It knows strings, comments and
// brackets and no more of the language; a call that it cannot cut into
// arguments is left out.
func serveCalls(src string) []serveCall {
	var list []serveCall
	for at := 0; at < len(src); {
		switch {
		case src[at] == '#' || src[at] == '"' || src[at] == '\'':
			at = passOver(src, at)
		case isWordByte(src[at]):
			end := at
			for end < len(src) && isWordByte(src[end]) {
				end++
			}
			open := end + len(src[end:]) - len(strings.TrimLeft(src[end:], " \t"))
			if src[at:end] == "serve" && !follows(src[:at]) && open < len(src) && src[open] == '(' {
				if c, ok := cutCall(src, open); ok {
					list = append(list, c)
				}
			}
			at = end
		default:
			at++
		}
	}
	return list
}

// follows reports whether what stands before a name makes it another's: a
// method, or the name in its definition.
func follows(before string) bool {
	before = strings.TrimRight(before, " \t")
	return strings.HasSuffix(before, ".") || strings.HasSuffix(before, "def")
}

// keyword matches an argument with a name.
var keyword = regexp.MustCompile(`(?s)^([A-Za-z_]\w*)\s*=([^=].*)$`)

// cutCall cuts the arguments of the call whose bracket is at open.
func cutCall(src string, open int) (c serveCall, ok bool) {
	c.line = 1 + strings.Count(src[:open], "\n")
	depth, start := 0, open+1
	take := func(end int) bool {
		text := src[start:end]
		line := 1 + strings.Count(src[:start+len(text)-len(strings.TrimLeft(text, " \t\n"))], "\n")
		start = end + 1
		arg := strings.TrimSpace(text)
		m := keyword.FindStringSubmatch(arg)
		switch {
		case arg == "":
			return true // behind the last comma
		case arg[0] == '*' || strings.Contains(arg, "#"):
			return false
		case m != nil:
			c.named = append(c.named, serveOption{m[1], strings.TrimSpace(m[2]), line})
		default:
			c.plain = append(c.plain, arg)
		}
		return true
	}
	for at := open; at < len(src); {
		switch src[at] {
		case '#', '"', '\'':
			at = passOver(src, at)
			continue
		case '(', '[', '{':
			depth++
		case ')', ']', '}':
			if depth--; depth == 0 {
				return c, take(at)
			}
		case ',':
			if depth == 1 && !take(at) {
				return c, false
			}
		}
		at++
	}
	return c, false
}

// passOver is where the comment or the string ends that begins at a byte.
func passOver(src string, at int) int {
	if src[at] == '#' {
		if end := strings.IndexByte(src[at:], '\n'); end >= 0 {
			return at + end
		}
		return len(src)
	}
	quote := src[at : at+1]
	long := strings.HasPrefix(src[at:], strings.Repeat(quote, 3))
	if long {
		quote = strings.Repeat(quote, 3)
	}
	for i := at + len(quote); i < len(src); i++ {
		switch {
		case src[i] == '\\':
			i++
		case src[i] == '\n' && !long:
			return i
		case strings.HasPrefix(src[i:], quote):
			return i + len(quote)
		}
	}
	return len(src)
}

func isWordByte(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// textLiteral reads a string in quotes without any escape.
func textLiteral(src string) (string, bool) {
	n := len(src)
	if n < 2 || src[0] != '"' && src[0] != '\'' || src[n-1] != src[0] || strings.ContainsAny(src[1:n-1], "\\\n"+src[:1]) {
		return "", false
	}
	return src[1 : n-1], true
}

// valueLiteral reads a bool, an int, a float64, a string, nil or a list of strings.
func valueLiteral(src string) (any, bool) {
	switch src {
	case "True", "False":
		return src == "True", true
	case "None":
		return nil, true
	}
	if s, ok := textLiteral(src); ok {
		return s, true
	}
	if n, err := strconv.ParseInt(src, 0, 64); err == nil {
		return int(n), true
	}
	if decimal.MatchString(src) {
		f, err := strconv.ParseFloat(src, 64)
		return f, err == nil
	}
	if strings.HasPrefix(src, "[") && strings.IndexByte(src, ']') == len(src)-1 {
		return []string{}, true // its items may be anything
	}
	return nil, false
}

// decimal matches a number with a point.
var decimal = regexp.MustCompile(`^-?(\d+\.\d*|\.\d+)$`)
