package console

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestHistoryIsKeptInAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "state", "history")
	h := loadHistory(path)
	for _, line := range []string{"a", "a", "", " secret", "\tindented", "b", "a", "你好", "x\x1b[A", strings.Repeat("y", historyLine+1)} {
		h.add(line)
	}
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, "a\nb\na\n你好\n", string(data))
	info, err := os.Stat(path)
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())

	assert.Equal(t, []string{"b", "a", "你好"}, loadHistory(path).lines, "no line twice")
	assert.Equal(t, h.lines, loadHistory(path).lines)
}

func TestHistoryOfManyLinesIsCut(t *testing.T) {
	path := filepath.Join(t.TempDir(), "history")
	var b strings.Builder
	for i := range 3 * historyLines {
		fmt.Fprintf(&b, "%06d %s\n", i, strings.Repeat("x", 600))
	}
	require.NoError(t, os.WriteFile(path, []byte(b.String()), 0o600))
	lines := loadHistory(path).lines
	require.Len(t, lines, historyLines)
	assert.True(t, strings.HasPrefix(lines[historyLines-1], "002999 "))
}

func TestHistoryWithoutAFileFailsNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, nil, 0o600))
	for _, path := range []string{"", file + "/below", t.TempDir()} {
		h := loadHistory(path)
		h.add("a")
		assert.Equal(t, []string{"a"}, h.lines, path)
	}
}
