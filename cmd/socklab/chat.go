package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"sync/atomic"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner"
	"github.com/socklab/socklab/runner/chat"
	"github.com/socklab/socklab/runner/console"
	"github.com/socklab/socklab/runner/words"
)

// chatFlags are those of both ends of a chat.
type chatFlags struct{ name, addr, directory string }

func (f *chatFlags) add(cmd *cobra.Command, name string) {
	cmd.Flags().StringVar(&f.name, name, "", "your own name")
	cmd.Flags().StringVar(&f.addr, "addr", "", "where to take messages, HOST:PORT or :PORT (where the directory has you, or a free port)")
	cmd.Flags().StringVar(&f.directory, "directory", "", "a file of lines NAME HOST:PORT (four friends on 127.0.0.1, ports 8081 to 8084)")
}

func (a *app) serveChatCmd() *cobra.Command {
	var flags chatFlags
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "a chat by UDP: shows what comes, and you type the answers",
		Args:  a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.chat(cmd.Context(), flags, true, func(ctx context.Context, c runner.Chat) error {
				return runner.ServeChat(ctx, c.Console.Out(), c)
			})
		},
	}
	flags.add(cmd, "name")
	return cmd
}

func (a *app) talkChatCmd() *cobra.Command {
	var flags chatFlags
	cmd := &cobra.Command{
		Use:   "chat",
		Short: "a chat by UDP with friends from a directory, chosen by name",
		Args:  a.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.chat(cmd.Context(), flags, false, runner.TalkChat)
		},
	}
	flags.add(cmd, "as")
	return cmd
}

// chat opens the console and holds the conversation on it.
func (a *app) chat(ctx context.Context, flags chatFlags, answers bool, hold func(context.Context, runner.Chat) error) error {
	lang := a.language(nil)
	c, err := a.chatSettings(flags, lang)
	if err != nil {
		return err
	}
	c.Typing = &atomic.Bool{}
	con, ctx, closeAll, err := a.chatConsole(ctx, lang, c, answers)
	if err != nil {
		return err
	}
	defer closeAll()
	c.Console, c.View = con, a.renderer(con, lang)
	return shown(hold(ctx, c))
}

// chatSettings reads the flags. What is wrong with the directory is shown.
func (a *app) chatSettings(flags chatFlags, lang words.Lang) (runner.Chat, error) {
	c := runner.Chat{Directory: chat.Default(), As: flags.name, Whole: !term.IsTerminal(int(a.std.out.Fd()))}
	if flags.directory != "" {
		text, err := readDirectory(flags.directory)
		if err != nil {
			return c, err
		}
		c.Directory, err = chat.Parse(flags.directory, text)
		var faults chat.Faults
		if errors.As(err, &faults) {
			complain(a.std.err, errors.New(faults.In(lang)))
			return c, codeError{exitUsage}
		}
	}
	if wrong := chat.CheckName(flags.name); !wrong.Empty() {
		return c, usageError{errors.New(wrong.In(lang))}
	}
	if flags.addr != "" {
		at, err := netlab.ParseAddr(flags.addr)
		switch {
		case err != nil:
			return c, usageError{err}
		case !at.IP.IsValid():
			return c, usageError{fmt.Errorf("--addr %s: write HOST:PORT, such as 127.0.0.1:8081", flags.addr)}
		}
		c.Addr = at
	}
	return c, nil
}

// readDirectory reads a regular file of a bounded size.
func readDirectory(name string) (string, error) {
	info, err := os.Stat(name)
	switch {
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s is no regular file", name)
	case info.Size() > chat.MaxFile:
		return "", fmt.Errorf("%s has more than %d bytes", name, chat.MaxFile)
	}
	text, err := os.ReadFile(name)
	return string(text), err
}

// chatConsole is the line editor if a person types. Without one, lines come
// from a pipe, and SIGINT and SIGTERM end the chat as they end any server.
func (a *app) chatConsole(ctx context.Context, lang words.Lang, c runner.Chat, answers bool) (console.Console, context.Context, func(), error) {
	if !term.IsTerminal(int(a.std.in.Fd())) {
		ctx, stop := signal.NotifyContext(ctx, runner.EndSignals()...)
		con := console.NewPlain(a.std.in, a.std.out)
		return con, ctx, func() {
			stop()
			_ = con.Close()
		}, nil
	}
	con, err := console.Open(console.Options{
		In: a.std.in, Out: a.std.out, Plain: a.plain, Color: a.colors(a.std.out), Lang: lang,
		Complete: func(before string) []console.Suggestion {
			c.Typing.Store(true)
			return completeName(c.Directory, before, answers)
		},
	})
	if err != nil {
		return nil, nil, nil, err
	}
	return con, ctx, func() { _ = con.Close() }, nil
}

// completeName offers the names that an @ begins, the only place of an answer
// where a name is meant for sure.
func completeName(dir *chat.Directory, before string, answers bool) []console.Suggestion {
	begun, ok := strings.CutPrefix(before, "@")
	if !answers || !ok || begun == "" {
		return nil
	}
	var list []console.Suggestion
	for _, f := range dir.Friends() {
		if strings.HasPrefix(f.Name, begun) {
			list = append(list, console.Suggestion{Text: "@" + f.Name, Note: f.Addr.String()})
		}
	}
	return list
}
