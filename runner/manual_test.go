package runner

import (
	"flag"
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/commands.md anew")

func TestManualIsTheCommittedOne(t *testing.T) {
	const file = "../docs/commands.md"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(Manual()), 0o600))
	}
	committed, err := os.ReadFile(file)
	require.NoError(t, err)
	if string(committed) != Manual() {
		t.Error("docs/commands.md is not up to date; run: go test ./runner -run Manual -update")
	}
}

func TestEveryCommandIsWholeAndItsNameIsItsOwn(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range Commands() {
		assert.NotEmpty(t, c.Usage, c.Name)
		assert.False(t, c.Summary.Empty(), c.Name)
		assert.NotEqual(t, c.expand == nil, c.run == nil, "%s either stands for code or does something", c.Name)
		for _, name := range append([]string{c.Name}, c.Aliases...) {
			assert.False(t, seen[name], "%s stands twice", name)
			seen[name] = true
		}
	}
}
