package words

// zhCode is the Chinese of the sentences that runner/code says.
var zhCode = map[string]string{}
