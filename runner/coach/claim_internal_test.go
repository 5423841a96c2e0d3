package coach

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Another user's descriptors cannot be seen, except by root.
func TestAnotherUsersProgram(t *testing.T) {
	s := &scene{}
	assert.Equal(t, "another user's program (user id 4242)", s.whose(claim{uid: 4242}).String())
	assert.Equal(t, "a program outside this lab", s.whose(claim{uid: os.Getuid()}).String()[:len("a program outside this lab")])
	assert.Equal(t, "nc?[31m", printable("nc\x1b[31m"), "a program chooses its name")
}
