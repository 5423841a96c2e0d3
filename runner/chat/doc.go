// Package chat is what a conversation over one UDP socket needs besides the
// socket.
//
// It provides:
//
//   - [Directory], the names of those one talks with and their addresses, and
//     [Parse], which reads one and reports every [Fault] of the file;
//   - [Inbox], which takes datagrams off a socket as they come and gives them
//     out in [Batch]es that a screen can follow;
//   - [Split], which cuts a text too long for one datagram into pieces.
//
// It prints nothing, reads no keys and sends nothing. A sender is known by the
// address alone: what a message says of itself proves nothing.
package chat
