package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

// An exitCode is what the program tells its caller.
type exitCode int

// The exit codes: done; failure; the command line was wrong; the input ended
// with a task not passed.
const (
	exitOK     exitCode = 0
	exitFail   exitCode = 1
	exitUsage  exitCode = 2
	exitUndone exitCode = 3
)

// codeError carries an exit code whose reason has been shown.
type codeError struct{ code exitCode }

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", e.code) }

// usageError is a command line that cannot be understood.
type usageError struct{ error }

// stdio is the surroundings of a run.
type stdio struct {
	in       *os.File
	out, err *os.File
}

func system() stdio { return stdio{os.Stdin, os.Stdout, os.Stderr} }

// run is the whole program, apart from os.Exit.
func run(args []string, std stdio) exitCode {
	app := &app{std: std}
	root := app.root()
	root.SetArgs(args)
	err := root.ExecuteContext(context.Background())
	if err == nil {
		err = app.written()
	}
	var code codeError
	var usage usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return code.code
	case errors.As(err, &usage):
		complain(std.err, app.inLanguage(err, args))
		return exitUsage
	}
	complain(std.err, app.inLanguage(err, args))
	return exitFail
}

// complain prints an error, without the name of the package it came from and
// without anything that could control a terminal.
func complain(w io.Writer, err error) {
	fmt.Fprintf(w, "socklab: %s\n", strings.TrimPrefix(view.CleanLines(err.Error()), "netlab: "))
}

// app holds what all subcommands share: the streams and the flags of the root.
type app struct {
	std      stdio
	lang     string
	plain    bool
	noColor  bool
	ascii    bool
	big      bool   // generous spacing, for a projector
	contrast bool   // its colours
	kernel   string // which of the kernel's views are used
	own      ownLessons

	printers []*view.Renderer
}

// written is the first error of what was printed: a full disk is no success.
func (a *app) written() error {
	for _, r := range a.printers {
		if err := r.Err(); err != nil {
			return err
		}
	}
	return nil
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:          "socklab",
		Short:        "learn sockets with real servers at a prompt",
		SilenceUsage: true, SilenceErrors: true,
		Args: a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return a.resume(cmd.Context()) },
	}
	root.SetIn(a.std.in)
	root.SetOut(a.std.out)
	root.SetErr(a.std.err)
	flags := root.PersistentFlags()
	flags.StringVar(&a.lang, "lang", "", "language: en or zh (at first that of $LANG)")
	flags.BoolVar(&a.plain, "plain", false, "plain lines and sentences instead of pictures, for a screen reader")
	flags.BoolVar(&a.noColor, "no-color", false, "no colours (also $NO_COLOR)")
	flags.BoolVar(&a.ascii, "ascii", false, "no symbols beyond ASCII")
	flags.StringArrayVar(&a.own.dirs, "lessons", nil, "a folder of your own lessons, beside the others (also $SOCKLAB_LESSONS)")
	flags.StringVar(&a.kernel, "observers", "all", "which views of the kernel are used: all, proc or none (for tests)")
	_ = flags.MarkHidden("observers")
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usageError{err} })
	root.PersistentPreRunE = func(*cobra.Command, []string) error {
		return errors.Join(a.checkLang(), a.useObservers(), a.checkLessons())
	}
	root.CompletionOptions.DisableDefaultCmd = true
	root.SetHelpFunc(a.showHelp)
	root.SetHelpCommand(a.helpCmd(root))
	root.AddCommand(
		a.lessonCmd(), a.listCmd(), a.playCmd(), a.runCmd(), a.serveCmd(), a.talkCmd(), a.verifyCmd(),
		a.lintCmd(), a.newCmd(), a.presentCmd(), a.printCmd(), a.progressCmd(), a.doctorCmd(), a.versionCmd(), a.completionCmd(),
	)
	return root
}

// helpCmd is cobra's, for which an unknown command is an error.
func (a *app) helpCmd(root *cobra.Command) *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "help on a command",
		RunE: func(_ *cobra.Command, args []string) error {
			cmd, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return usageError{saidError{words.F("there is no command %q; `socklab --help` lists them", strings.Join(args, " "))}}
			}
			return cmd.Help()
		},
	}
}

func (a *app) checkLang() error {
	if a.lang != "" && !words.Lang(a.lang).Valid() {
		return usageError{saidError{words.F("--lang %s: the languages are en and zh", a.lang)}}
	}
	return nil
}

// useObservers switches off what the flag says.
func (a *app) useObservers() error {
	o, err := kernel.ParseObservers(a.kernel)
	if err != nil {
		return usageError{err}
	}
	kernel.Use(o)
	return nil
}

// noArgs is cobra.NoArgs as a usage error, with the nearest command.
func (a *app) noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasParent() {
		return usageError{saidError{words.F("%s takes no argument %q", cmd.CommandPath(), args[0])}}
	}
	var names []string
	for _, c := range cmd.Commands() {
		names = append(names, c.Name())
	}
	if near := words.Nearest(args[0], names); near != "" {
		return usageError{saidError{words.F("there is no command %q; did you mean %q? `socklab --help` lists them", args[0], near)}}
	}
	return usageError{saidError{words.F("there is no command %q; `socklab --help` lists them", args[0])}}
}

// argsBetween asks for a number of arguments.
func argsBetween(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < least || len(args) > most {
			return usageError{saidError{words.F("usage: %s", cmd.UseLine())}}
		}
		return nil
	}
}
