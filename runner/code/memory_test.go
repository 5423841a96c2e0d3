package code

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestValuesThatGrowEndTheirSource(t *testing.T) {
	for _, source := range []string{
		"for i in range(40): l += l",
		"for i in range(40): t = t + t",
		"while True: l.append(bytes(4096))",
	} {
		in := New(Config{})
		in.memory = memoryLimits{live: 64 << 20, heap: 192 << 20}
		require.NoError(t, in.Run(t.Context(), Source{Text: "l = [1]\nt = (1,)"}))
		err := in.Run(t.Context(), Source{Text: source})
		require.ErrorContains(t, err, "MemoryError: the values here take more than 64 MiB", source)
		require.NoError(t, in.Run(t.Context(), Source{Text: "del l, t"}), "what is left can be let go of")
	}
}
