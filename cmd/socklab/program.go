package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/netlab/server"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/code"
)

func (a *app) runCmd() *cobra.Command {
	var timeout time.Duration
	cmd := &cobra.Command{
		Use:   "run FILE",
		Short: "run a file of lab code; an error ends it with its line",
		Args:  argsBetween(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			text, err := readProgram(args[0])
			if err != nil {
				return err
			}
			o, err := a.open(runner.Config{Timeout: timeout, Quiet: true, Program: true})
			if err != nil {
				return err
			}
			defer o.close()
			errs := a.print(a.std.err)
			errs.SetLang(o.view.Lang())
			return shown(o.RunFile(cmd.Context(), args[0], string(text), errs))
		},
	}
	cmd.Flags().DurationVar(&timeout, "timeout", 0, "how long the program may run; 0: as long as it takes")
	return cmd
}

// maxProgram is the longest file that is run.
const maxProgram = 16 << 20

// readProgram reads a regular file of a bounded size.
func readProgram(name string) ([]byte, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is no regular file", name)
	case info.Size() > maxProgram:
		return nil, fmt.Errorf("%s is longer than %d MiB", name, maxProgram>>20)
	}
	return os.ReadFile(name)
}

// shown turns an error that the session has shown already into its exit code.
func shown(err error) error {
	var exit *code.Exit
	if errors.As(err, &exit) && exit.Code != 0 {
		return codeError{exitCode(exit.Code)}
	} else if exit != nil {
		return nil
	}
	if errors.Is(err, runner.ErrFailed) {
		return codeError{exitFail}
	}
	return err
}

func (a *app) serveCmd() *cobra.Command {
	var addr string
	var shell bool
	var kinds []string
	for _, k := range server.Kinds() {
		kinds = append(kinds, k.Name)
	}
	cmd := &cobra.Command{
		Use:       "serve KIND [OPTION=VALUE ...]",
		Short:     "one of the lab's servers on its own, for a second terminal",
		Args:      argsBetween(1, 20),
		ValidArgs: kinds,
		RunE: func(cmd *cobra.Command, args []string) error {
			values, err := serveValues(addr, args[1:])
			if err == nil {
				err = askShell(args[0], values, shell)
			}
			if err != nil {
				return usageError{err}
			}
			err = runner.Serve(cmd.Context(), a.std.out, a.print(a.std.out), args[0], values)
			var option *server.OptionError
			var kind *server.UnknownKindError
			if errors.As(err, &option) || errors.As(err, &kind) {
				return usageError{err}
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&shell, "shell", false, "exec and exec-framed: give what comes to a shell, which then runs as you")
	cmd.Flags().StringVar(&addr, "addr", "", "where to listen, HOST:PORT or :PORT (127.0.0.1 and a free port)")
	cmd.AddCommand(a.serveChatCmd())
	return cmd
}

// askShell takes --shell as a person's word for a server that gives what it
// receives to a shell; shell=true alone is not enough.
func askShell(kind string, values server.Values, shell bool) error {
	k, ok := server.Find(kind)
	switch {
	case !ok:
		return nil
	case shell && !k.Spawns:
		return fmt.Errorf("--shell is for the servers that run commands, exec and exec-framed; %s runs none", kind)
	case shell:
		values["shell"] = true
	case k.NeedsWord(values):
		return errors.New("shell=true runs whatever comes, as you; if that is what you want, say --shell")
	}
	return nil
}

func serveValues(addr string, args []string) (server.Values, error) {
	values := server.Values{}
	if addr != "" {
		at, err := netlab.ParseAddr(addr)
		if err != nil {
			return nil, err
		}
		if !at.IP.IsValid() {
			return nil, fmt.Errorf("--addr %s: write HOST:PORT, such as 127.0.0.1:8080", addr)
		}
		values["host"], values["port"] = at.IP.String(), at.Port
	}
	for _, arg := range args {
		name, value, ok := strings.Cut(arg, "=")
		if !ok {
			return nil, fmt.Errorf("%q: options are written NAME=VALUE", arg)
		}
		values[name] = value
	}
	return values, nil
}

func (a *app) talkCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:       "talk tcp|udp ADDR",
		Short:     "a client on its own: each line is sent, each answer printed",
		Args:      argsBetween(2, 2),
		ValidArgs: []string{"tcp", "udp"},
		RunE: func(cmd *cobra.Command, args []string) error {
			addr, err := netlab.ParseAddr(args[1])
			if err != nil {
				return usageError{err}
			}
			talk := map[string]func(*runner.Session, context.Context, netlab.Addr) error{
				"tcp": (*runner.Session).TalkTCP, "udp": (*runner.Session).TalkUDP,
			}[args[0]]
			if talk == nil {
				return usageError{fmt.Errorf("talk %s: tcp or udp, please", args[0])}
			}
			o, err := a.open(runner.Config{Quiet: true})
			if err != nil {
				return err
			}
			defer o.close()
			return shown(talk(o.Session, cmd.Context(), addr))
		},
	}
	cmd.AddCommand(a.talkChatCmd())
	return cmd
}
