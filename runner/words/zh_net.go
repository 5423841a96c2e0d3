package words

// zhNet is the Chinese of what runner/code says of sockets and servers.
var zhNet = map[string]string{}
