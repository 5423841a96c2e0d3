package lessons

import (
	"embed"
	"io/fs"
)

// The pattern is "all:" because the folder may hold nothing but a dot file.
//
//go:embed all:content
var content embed.FS

// Embedded is the course that comes with the program, its lesson folders at
// the top.
func Embedded() fs.FS {
	sub, err := fs.Sub(content, "content")
	if err != nil {
		return content
	}
	return sub
}
