//go:build linux || darwin

package console

import prompt "github.com/c-bata/go-prompt"

var (
	wakeKey = sequence(prompt.F24) // no keyboard sends it
	backTab = sequence(prompt.BackTab)
)

func sequence(key prompt.Key) []byte {
	for _, s := range prompt.ASCIISequences {
		if s.Key == key {
			return s.ASCIICode
		}
	}
	return nil
}

// wakeUp gives out a key that makes Input return without taking a line. While
// a suggestion is chosen any key but these two would accept it; together they
// leave it as it is.
func (p *parser) wakeUp() []byte {
	if p.choosing {
		p.half = true
		p.given++
		return backTab
	}
	return p.wakeWith(wakeKey)
}

func (p *parser) wakeWith(key []byte) []byte {
	p.given++
	p.half, p.wanted = false, false
	p.waking, p.afterWake = true, true
	p.hold = untilSetup
	return key
}

// takeWaking reports, once, whether the key go-prompt handles is one of wakeUp.
func (p *parser) takeWaking() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	woke := p.waking
	p.waking = false
	return woke
}

// wake makes Input return soon.
func (p *parser) wake() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wanted = true
}

// ready forgets the wakes asked for so far.
func (p *parser) ready() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.wanted = false
}
