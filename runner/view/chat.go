package view

import (
	"strings"
	"unicode/utf8"

	"github.com/fatih/color"

	"github.com/socklab/socklab/runner/words"
)

// ChatLine is one message of a chat, or how many more there were.
type ChatLine struct {
	Own  bool   // said here, to them; else said by them
	Host bool   // said by a server of the lab, not by a person
	Name string // as the directory has it; "" if the address is not in it
	Addr string
	Data []byte
	// Folded, if it is not 0, stands for so many messages that are not shown.
	Folded int
}

// The grounds of a chat, beyond the palette: blue under what was received, red
// under what a server of the lab or one here has said.
const (
	groundBlue = styles + iota
	groundRed
)

// maxChat is how many bytes of a message are shown to a person: a datagram can
// fill the window many times over.
const maxChat = 4096

// Chat prints messages by one Write. The sender is who the address says; the
// text is made harmless and, wrapped, never begins at the left edge, where it
// could pass for a line of the chat. whole prints each message on one line with
// nothing left out, for a reader that is a program.
func (r *Renderer) Chat(lines []ChatLine, whole bool) {
	var b strings.Builder
	hang := L("    ")
	if r.opts.Plain {
		hang = L("  ")
	}
	for _, l := range lines {
		line := Join(r.chatHead(l), r.chatBody(l, whole))
		if whole {
			r.paintChat(&b, r.ready(line))
			continue
		}
		for _, row := range r.wrap(nil, hang, line, r.Width()) {
			r.paintChat(&b, row)
		}
	}
	r.write(b.String())
}

// chatHead says who said it, in words where colour is off.
func (r *Renderer) chatHead(l ChatLine) Line {
	lang := r.Lang()
	if l.Folded > 0 {
		return S(Dim, SymEllipsis+" "+lang.T("%d more from %s", l.Folded, r.chatWho(l)))
	}
	way := lang.T("from")
	if l.Own {
		way = lang.T("to")
	}
	who := S(Name, l.Name)
	switch {
	case l.Name == "" && !l.Own:
		return Join(S(Dim, way+" "), S(Bad, lang.T("unknown")), L(" "+l.Addr+": "))
	case l.Name == "":
		return Join(S(Dim, way+" "), L(l.Addr+": "))
	}
	return Join(S(Dim, way+" "), who, S(Dim, " ("+l.Addr+")"), L(": "))
}

// chatWho is the sender in running text.
func (r *Renderer) chatWho(l ChatLine) string {
	switch {
	case l.Addr == "":
		return r.Lang().T("other unknown addresses")
	case l.Name == "":
		return r.Lang().T("unknown") + " " + l.Addr
	}
	return l.Name + " (" + l.Addr + ")"
}

// chatBody is what was said.
func (r *Renderer) chatBody(l ChatLine, whole bool) Line {
	lang := r.Lang()
	switch {
	case l.Folded > 0:
		return nil
	case len(l.Data) == 0:
		return S(Dim, lang.T("(empty message)"))
	}
	ground := groundBlue
	if l.Own || l.Host {
		ground = groundRed
	}
	shown := l.Data
	if len(shown) > maxChat && !whole {
		shown = shown[:maxChat]
		for i := 0; i < utf8.UTFMax && len(shown) > 0 && utf8.Valid(l.Data) && !utf8.Valid(shown); i++ {
			shown = shown[:len(shown)-1]
		}
	}
	body := S(ground, Clean(string(shown)))
	if !utf8.Valid(l.Data) {
		body = Join(body, S(Dim, " "+lang.T("(not UTF-8)")))
	}
	if len(shown) < len(l.Data) {
		body = Join(body, S(Dim, SymEllipsis+" "+lang.T("(%d bytes; the first %d are shown)", len(l.Data), len(shown))))
	}
	return body
}

// paintChat is what Print does, with the grounds.
func (r *Renderer) paintChat(b *strings.Builder, l Line) {
	for _, s := range r.ready(l) {
		text := Clean(s.Text)
		switch s.Style {
		case groundBlue:
			text = r.ground(false, text)
		case groundRed:
			text = r.ground(true, text)
		default:
			text = r.colors.paint(s.Style, text)
		}
		b.WriteString(text)
	}
	b.WriteByte('\n')
}

func (r *Renderer) ground(own bool, text string) string {
	c := color.New(groundOf(r.opts, own)...)
	if !r.opts.Color || text == "" {
		return text
	}
	c.EnableColor()
	return c.Sprint(text)
}

// Lost prints how many datagrams the kernel had no room for.
func (r *Renderer) Lost(n int) {
	r.Warn(words.F("the kernel dropped %d datagrams: the receive buffer was full. Their senders are not told.", n))
}
