package runner

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestManualOfTheCallsIsTheCommittedOne(t *testing.T) {
	const file = "../docs/calls.md"
	if *update {
		require.NoError(t, os.WriteFile(file, []byte(CallsManual()), 0o600))
	}
	committed, err := os.ReadFile(file)
	require.NoError(t, err)
	if string(committed) != CallsManual() {
		t.Error("docs/calls.md is not up to date; run: go test ./runner -run Manual -update")
	}
}
