package server

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/socklab/socklab/netlab"
)

// maxRequest is the longest request head that is read.
const maxRequest = 16 << 10

var httpPage = Kind{
	Name:    "http",
	Summary: "serves one web page, to a browser or to bytes typed by hand",
	Options: []Option{{"text", "Hello from a socket.", "what the page says"}},
	serve:   func(s *Server) { s.each(false, s.page) },
}

// page reads one request (RFC 1945 §5) up to its blank line, answers and
// closes: in HTTP/1.0 the end of the stream is the end of the body.
func (s *Server) page(conn *netlab.Socket) {
	var head []byte
	buf := make([]byte, bufferSize)
	for !headDone(head) {
		n, err := conn.Recv(bg, buf, 0)
		if err != nil || n == 0 {
			return
		}
		if head = append(head, buf[:n]...); len(head) > maxRequest {
			_ = conn.SendAll(bg, response("431 Request Header Fields Too Large", "the request is too long\n"), 0)
			return
		}
	}
	_ = conn.SendAll(bg, s.answer(head), 0)
}

// headDone accepts bare newlines too, which is what a person types.
func headDone(head []byte) bool {
	return bytes.Contains(head, []byte("\r\n\r\n")) || bytes.Contains(head, []byte("\n\n"))
}

func (s *Server) answer(head []byte) []byte {
	line, _, _ := bytes.Cut(head, []byte("\n"))
	words := strings.Fields(string(line))
	switch {
	case len(words) < 2:
		return response("400 Bad Request", "a request line looks like this: GET / HTTP/1.0\n")
	case words[0] != "GET":
		return response("501 Not Implemented", "this server knows GET alone\n")
	case words[1] != "/":
		return response("404 Not Found", "this server has one page: /\n")
	}
	page := fmt.Sprintf("<!doctype html>\n<title>socklab</title>\n<h1>%s</h1>\n", s.text("text"))
	return response("200 OK", page)
}

func response(status, body string) []byte {
	kind := "text/plain"
	if strings.HasPrefix(body, "<!doctype") {
		kind = "text/html"
	}
	return fmt.Appendf(nil, "HTTP/1.0 %s\r\nContent-Type: %s; charset=utf-8\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
		status, kind, len(body), body)
}
