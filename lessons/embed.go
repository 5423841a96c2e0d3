package lessons

import (
	"bytes"
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

// IsEmbedded reports whether a folder holds nothing but lessons that come with
// the program, byte for byte.
func IsEmbedded(folder fs.FS) bool {
	own := Embedded()
	same := true
	err := fs.WalkDir(folder, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		theirs, err := fs.ReadFile(folder, name)
		if err != nil {
			return err
		}
		ours, err := fs.ReadFile(own, name)
		if err != nil || !bytes.Equal(ours, theirs) {
			same = false
			return fs.SkipAll
		}
		return nil
	})
	return err == nil && same
}
