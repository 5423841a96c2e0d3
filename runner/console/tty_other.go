//go:build !linux && !darwin

package console

import "errors"

func openTTY(Options) (Console, error) {
	return nil, errors.New("console: no line editor on this system")
}
