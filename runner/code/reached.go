package code

// Reached is the command line that was run last, and its line in its source;
// 0 if there was none.
func (in *Interp) Reached() (line int, text string) {
	return int(in.reached.at.line), in.reached.text
}
