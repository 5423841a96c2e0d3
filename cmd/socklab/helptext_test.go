package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/runner/words"
)

// printed runs the program with its output in files.
func printed(t *testing.T, args ...string) (code exitCode, out, errs string) {
	t.Helper()
	dir := t.TempDir()
	var files [2]*os.File
	for i, name := range []string{"out", "err"} {
		f, err := os.Create(filepath.Join(dir, name))
		require.NoError(t, err)
		defer f.Close()
		files[i] = f
	}
	null, err := os.Open(os.DevNull)
	require.NoError(t, err)
	defer null.Close()
	code = run(args, stdio{null, files[0], files[1]})
	var texts [2]string
	for i, name := range []string{"out", "err"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		texts[i] = string(b)
	}
	return code, texts[0], texts[1]
}

// allCommands are the commands a person can type.
func allCommands(t *testing.T) []*cobra.Command {
	t.Helper()
	var list []*cobra.Command
	var walk func(*cobra.Command)
	walk = func(c *cobra.Command) {
		list = append(list, c)
		for _, sub := range c.Commands() {
			walk(sub)
		}
	}
	root := (&app{std: system()}).root()
	root.InitDefaultHelpCmd()
	walk(root)
	require.Greater(t, len(list), 15)
	return list
}

// TestEveryCommandAndFlagIsExplainedInBothLanguages finds what cobra says in
// English alone: it belongs into cmdTexts and cmdHelps.
func TestEveryCommandAndFlagIsExplainedInBothLanguages(t *testing.T) {
	names := map[string]bool{}
	for _, c := range allCommands(t) {
		name := commandName(c)
		names[name] = true
		assert.Contains(t, cmdTexts, c.Short, "the Short of %q is not in cmdTexts", name)
		assert.NotEmpty(t, cmdHelps[name].long, "%q is not in cmdHelps", name)
		assert.NotEmpty(t, cmdHelps[name].examples, "%q has no example", name)
		for _, line := range strings.Split(c.LocalFlags().FlagUsages(), "\n") {
			if m := flagLine.FindStringSubmatch(line); m != nil && !strings.HasPrefix(m[2], "help for ") {
				assert.Contains(t, cmdTexts, m[2], "the usage of %s of %q is not in cmdTexts", m[1], name)
			} else {
				assert.True(t, m != nil || strings.TrimSpace(line) == "", "%q: a line of flags that help cannot read: %q", name, line)
			}
		}
	}
	for name := range cmdHelps {
		assert.True(t, names[name], "there is no command %q", name)
	}
	for english, text := range cmdTexts {
		assert.NotEqual(t, english, text.In(words.Chinese))
	}
}

func TestHelpOfTheCommandLineSpeaksTheLanguageAskedFor(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("LC_ALL", "C")
	english := regexp.MustCompile(`\b(the|whoever|nobody|Usage|Flags|Commands|flags)\b`)
	for _, c := range allCommands(t) {
		args := append(strings.Fields(commandName(c)), "--help")
		code, out, errs := printed(t, args...)
		assert.Equal(t, exitOK, code, "%v", args)
		assert.Empty(t, errs, "%v", args)
		assert.Contains(t, out, "\nUsage:\n  "+c.CommandPath(), "%v", args)
		assert.Contains(t, out, "\nExamples:\n", "%v", args)
		code, out, _ = printed(t, append(args, "--lang", "zh")...)
		assert.Equal(t, exitOK, code, "%v", args)
		assert.Contains(t, out, "\n用法：\n  "+c.CommandPath(), "%v", args)
		assert.NotRegexp(t, english, out, "%v", args)
	}
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	_, out, _ := printed(t, "help", "serve")
	assert.Contains(t, out, "种类和选项：")
	assert.Contains(t, out, "hangup=")
}

func TestABadCommandLineIsSaidInTheLanguageAskedFor(t *testing.T) {
	t.Setenv("XDG_STATE_HOME", t.TempDir())
	t.Setenv("LC_ALL", "C")
	cases := []struct{ line, english, chinese string }{
		{"lessn", `there is no command "lessn"; did you mean "lesson"?`, `没有命令 "lessn"；是不是想写 "lesson"？`},
		{"zzzzzzz", `there is no command "zzzzzzz"; `, `没有命令 "zzzzzzz"；`},
		{"help nope", `there is no command "nope"`, `没有命令 "nope"`},
		{"lesson --nope", "there is no flag --nope", "没有选项 --nope"},
		{"lesson -x", "there is no flag -x;", "没有选项 -x；"},
		{"list --timeout=x", "there is no flag --timeout", "没有选项 --timeout"},
		{"lesson --timeout=x", `the flag --timeout does not take the value "x"`, `选项 --timeout 不接受值 "x"`},
		{"lesson 1 2", "usage: socklab lesson", "用法：socklab lesson"},
		{"serve chat now", `socklab serve chat takes no argument "now"`, `socklab serve chat 不接受参数 "now"`},
	}
	for _, c := range cases {
		args := strings.Fields(c.line)
		code, out, errs := printed(t, args...)
		assert.Equal(t, exitUsage, code, c.line)
		assert.Empty(t, out, c.line)
		assert.Contains(t, errs, c.english, c.line)
		code, _, errs = printed(t, append(args, "--lang", "zh")...)
		assert.Equal(t, exitUsage, code, c.line)
		assert.Contains(t, errs, c.chinese, c.line)
	}
	code, _, errs := printed(t, "lesson", "--step")
	assert.Equal(t, exitUsage, code)
	assert.Contains(t, errs, "the flag --step needs a value")
}
