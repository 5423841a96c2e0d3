package code

// Check reads a source without running it: nil, or what is wrong with it.
// Names are not looked up.
func Check(src Source, isVerb func(word string) bool) *Error {
	in := New(Config{IsVerb: isVerb})
	_, err := in.load(src, isVerb)
	return err
}
