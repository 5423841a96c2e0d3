package words

// zhCmd is the Chinese of the sentences that cmd/socklab says.
var zhCmd = map[string]string{}
