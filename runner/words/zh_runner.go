package words

// zhRunner is the Chinese of the sentences that runner/runner says.
var zhRunner = map[string]string{}
