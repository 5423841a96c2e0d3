package chat

import (
	"unicode/utf8"

	"golang.org/x/sys/unix"
)

// MaxDatagram is the most that one UDP datagram carries: over IPv4 65,535 bytes
// less 20 of the IP header and 8 of UDP's (RFC 768, RFC 791); the length of
// IPv6 does not count its header (RFC 8200 §3).
func MaxDatagram(family int) int {
	if family == unix.AF_INET6 {
		return 65535 - 8
	}
	return 65535 - 20 - 8
}

// Split cuts text into pieces of at most limit bytes, between characters.
func Split(text string, limit int) []string {
	var pieces []string
	for len(text) > limit {
		end := limit
		for end > limit-utf8.UTFMax && !utf8.RuneStart(text[end]) {
			end--
		}
		pieces, text = append(pieces, text[:end]), text[end:]
	}
	return append(pieces, text)
}
