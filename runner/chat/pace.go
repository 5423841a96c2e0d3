package chat

import "time"

// A sender may have burst messages shown at once, and perSecond after that: a
// pasted page comes through, a flood does not.
const (
	burst     = 100
	perSecond = 20
)

// pace is a token bucket. The zero pace is full.
type pace struct {
	used float64
	at   time.Time
}

// allows reports whether one more may be shown now, and counts it.
func (p *pace) allows(now time.Time) bool {
	if !p.at.IsZero() {
		p.used = max(p.used-now.Sub(p.at).Seconds()*perSecond, 0)
	}
	p.at = now
	if p.used+1 > burst {
		return false
	}
	p.used++
	return true
}
