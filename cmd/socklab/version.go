package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the linker in a release: -ldflags "-X main.version=v1.2.3".
var version string

func (a *app) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "the version of socklab",
		Args:  argsBetween(0, 0),
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintf(a.std.out, "socklab %s %s %s/%s\n", versionText(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return err
		},
	}
}

func versionText() string {
	if version != "" {
		return version
	}
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func (a *app) completionCmd() *cobra.Command {
	return &cobra.Command{
		Use:       "completion bash|zsh|fish",
		Short:     "a script that completes socklab's command line in your shell",
		ValidArgs: []string{"bash", "zsh", "fish"},
		Args:      argsBetween(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			switch args[0] {
			case "bash":
				return cmd.Root().GenBashCompletionV2(a.std.out, true)
			case "zsh":
				return cmd.Root().GenZshCompletion(a.std.out)
			case "fish":
				return cmd.Root().GenFishCompletion(a.std.out, true)
			}
			return usageError{fmt.Errorf("completion %s: bash, zsh or fish, please", args[0])}
		},
	}
}
