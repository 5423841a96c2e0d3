package code

import (
	"context"

	"go.starlark.net/starlark"

	"github.com/socklab/socklab/netlab/pack"
)

// StructOf reads a format and the expressions behind it, which are parted by
// commas: its values, or bytes to be read by it. The data is nil if there are
// none. The error is an *[Error].
func (in *Interp) StructOf(ctx context.Context, format, exprs string) (*pack.Format, []byte, error) {
	f, err := structFormat(newStr(format))
	if err != nil || exprs == "" {
		return f, nil, err
	}
	const name = "__value"
	defer in.Delete(name)
	if err := in.Run(ctx, Source{Text: name + " = (" + exprs + ",)"}); err != nil {
		return nil, nil, err
	}
	args, _ := in.env[name].(starlark.Tuple)
	if len(args) == 1 {
		if b, ok := content(args[0]); ok && !onlyText(f) {
			if _, err := f.Unpack([]byte(b)); err != nil {
				return nil, nil, paddingHint(structFailed(err), f, len(b))
			}
			return f, []byte(b), nil
		}
	}
	data, err := f.Pack(structValues(args))
	if err != nil {
		return nil, nil, textHint(structFailed(err), args)
	}
	return f, data, nil
}

// onlyText reports whether the only value of a format is bytes itself: then
// bytes are that value, and not what is to be read.
func onlyText(f *pack.Format) bool {
	if f.Values() != 1 {
		return false
	}
	for it := range f.Items() {
		if it.Value == 0 {
			return it.IsText()
		}
	}
	return false
}
