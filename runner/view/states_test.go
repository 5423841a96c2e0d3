package view

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/words"
)

func someStates() []StateRow {
	return []StateRow{
		{State: "LISTEN", Local: "127.0.0.1:8080", Who: words.Raw("phone"), Mine: true, About: []words.Text{words.F("queue %d of %d (+1)", 0, 2)}},
		{State: "ESTABLISHED", Local: "127.0.0.1:8080", Remote: "127.0.0.1:52648", Who: words.F("in the accept queue of %s", "phone")},
		{State: "CLOSE_WAIT", Local: "127.0.0.1:8080", Remote: "127.0.0.1:52650", Who: words.Raw("conn"), Mine: true,
			About: []words.Text{words.F("%d bytes unread", 5), words.F("FIN unread")}},
		{State: "TIME_WAIT", Local: "127.0.0.1:8080", Remote: "127.0.0.1:52644", Who: words.F("no process"),
			About: []words.Text{words.F("%.1f s left", 24.2)}, Left: 24200 * time.Millisecond, Whole: time.Minute},
		{Word: words.F("bound"), Local: "127.0.0.1:5353", Who: words.Raw("mail"), Mine: true, About: []words.Text{words.Raw("UDP")}},
	}
}

func TestStatesTable(t *testing.T) {
	show := func(r *Renderer) { r.States(someStates()) }
	golden(t, 80, Options{}, `
  LISTEN      127.0.0.1:8080                    phone       queue 0 of 2 (+1)
  ESTABLISHED 127.0.0.1:8080 ⇄ 127.0.0.1:52648  in the accept queue of phone
  CLOSE_WAIT  127.0.0.1:8080 ⇄ 127.0.0.1:52650  conn        5 bytes unread, FIN
              unread
  TIME_WAIT   127.0.0.1:8080 ⇄ 127.0.0.1:52644  no process  24.2 s left ▕███   ▏
  bound       127.0.0.1:5353                    mail        UDP
`, show)
	golden(t, 40, Options{ASCII: true}, `
  LISTEN      phone
    127.0.0.1:8080
    queue 0 of 2 (+1)
  ESTABLISHED in the accept queue of
              phone
    127.0.0.1:8080 <-> 127.0.0.1:52648
  CLOSE_WAIT  conn
    127.0.0.1:8080 <-> 127.0.0.1:52650
    5 bytes unread, FIN unread
  TIME_WAIT   no process
    127.0.0.1:8080 <-> 127.0.0.1:52644
    24.2 s left |#####      |
  bound       mail
    127.0.0.1:5353
    UDP
`, show)
	golden(t, 80, chinese, `
  LISTEN      127.0.0.1:8080                    phone   队列 0/2（+1）
  ESTABLISHED 127.0.0.1:8080 ⇄ 127.0.0.1:52648  在 phone 的全连接队列中
  CLOSE_WAIT  127.0.0.1:8080 ⇄ 127.0.0.1:52650  conn    5 字节未读，FIN 未读
  TIME_WAIT   127.0.0.1:8080 ⇄ 127.0.0.1:52644  无进程  剩 24.2 秒 ▕█████      ▏
  已绑定      127.0.0.1:5353                    mail    UDP
`, show)
}

func TestBarIsFullAtTheStartAndEmptyAtTheEnd(t *testing.T) {
	assert.Equal(t, "▕████▏", bar(time.Minute, time.Minute, 4))
	assert.Equal(t, "▕█   ▏", bar(time.Second, time.Minute, 4))
	assert.Equal(t, "▕    ▏", bar(0, time.Minute, 4))
	assert.Equal(t, "▕████▏", bar(2*time.Minute, time.Minute, 4))
}

func TestGrouped(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 9940: "9,940", 1234567: "1,234,567", -1234: "-1,234", -123: "-123"} {
		assert.Equal(t, want, Grouped(n))
	}
	assert.Equal(t, " Note   9,940 more: 4,970 ESTABLISHED, 4,970 TIME_WAIT\n", shown(80, Options{}, func(r *Renderer) {
		r.Note(r.MoreStates([]StateCount{{"ESTABLISHED", 4970}, {"TIME_WAIT", 4970}}))
	}))
}

func TestQueuesPicture(t *testing.T) {
	q := Queues{
		Name: "phone", Backlog: 1, Filled: 2, Seen: true, Accept: []string{"127.0.0.1:50001", "127.0.0.1:50002"},
		Syn: []string{"127.0.0.1:50003"}, Knocking: []string{"127.0.0.1:50004"},
	}
	show := func(r *Renderer) { r.Queues(q) }
	golden(t, 80, Options{}, `
  knocking outside      SYN queue               accept queue of phone: 2 of 1
  SYN_SENT              SYN_RECV: half-open     waiting for accept()
  127.0.0.1:50004   ──▶ 127.0.0.1:50003     ──▶ ■ 127.0.0.1:50001
                                                ■ 127.0.0.1:50002 (+1 on Linux)
`, show)
	golden(t, 40, Options{ASCII: true}, `
  knocking outside (SYN_SENT):
  127.0.0.1:50004
  SYN queue (SYN_RECV): 127.0.0.1:50003
  accept queue of phone: 2 of 1
    1 # 127.0.0.1:50001  filled
    2 # 127.0.0.1:50002 (+1 on Linux)
      filled
`, show)
	golden(t, 80, chinese, `
  门外（未获应答）      半连接队列              phone 的全连接队列：2/1
  SYN_SENT              SYN_RECV：半连接        等待 accept()
  127.0.0.1:50004   ──▶ 127.0.0.1:50003     ──▶ ■ 127.0.0.1:50001
                                                ■ 127.0.0.1:50002 （多给一个）
`, show)
	blind := shown(80, Options{}, func(r *Renderer) { r.Queues(Queues{Name: "phone", Backlog: 2, Filled: 1}) })
	assert.Contains(t, blind, "cannot be seen")
	assert.Contains(t, blind, "■ filled")
}

func TestBoardPictureAndList(t *testing.T) {
	b := StateBoard{kernel.Close: {Seen: true}, kernel.Listen: {Now: 1}, kernel.Established: {Seen: true, Now: 1234}}
	show := func(r *Renderer) { r.Board(b) }
	golden(t, 80, Options{}, `
 The states of TCP: 3 of 11 seen in this step
                            [✓ CLOSE       seen    ]
    ▼ server: listen()                                  ▼ client: connect()
  [● LISTEN      now 1   ]                            [· SYN_SENT    not seen]
    ▼ ◀ SYN; SYN, ACK ▶                                 │
  [· SYN_RECV    not seen]                              │ ◀ SYN, ACK; ACK ▶
    ▼ ◀ ACK                                             ▼
                            [● ESTABLISHED now 999+]
    ▼ closes first: FIN ▶                               ▼ the other end: ◀ FIN
  [· FIN_WAIT1   not seen]                            [· CLOSE_WAIT  not seen]
    ▼ ◀ ACK                   ▼ both close: ◀ FIN       ▼ closes too: FIN ▶
  [· FIN_WAIT2   not seen]  [· CLOSING     not seen]  [· LAST_ACK    not seen]
    ▼ ◀ FIN; ACK ▶            ▼ ◀ ACK                   ▼ ◀ ACK
  [· TIME_WAIT   not seen]    ◀ also from CLOSING       gone (CLOSE)
`, show)
	list := shown(40, Options{ASCII: true}, show)
	assert.Contains(t, list, "  [x] CLOSE       seen\n  *   LISTEN      now 1\n  -   SYN_SENT    not seen\n")
	assert.Len(t, strings.Split(strings.TrimSpace(list), "\n"), 13, "the heading takes two lines")
	for _, l := range strings.Split(shown(80, chinese, show), "\n") {
		if i := strings.LastIndex(l, "]"); i >= 0 && strings.Count(l, "[") == 3 {
			assert.Equal(t, 78, Width(l), l)
		}
	}
}

func TestPicturesOfTheKernelsTablesFitEverywhere(t *testing.T) {
	rows := append(someStates(),
		StateRow{State: "ESTABLISHED", Local: "[fe80::1234:5678:9abc:def0]:65535", Remote: "[fe80::1234:5678:9abc:def0]:65535", Who: words.Raw(longPath), About: []words.Text{words.Raw(hostile)}},
		StateRow{State: "TIME_WAIT", Who: words.Raw(hostile), Left: time.Hour, Whole: time.Minute, Mine: true},
		StateRow{Word: words.Raw(hostile), Local: longPath, Remote: hostile})
	everywhere(t, func(r *Renderer) { r.States(rows) })
	many := []string{"127.0.0.1:1", hostile, longPath, "[fe80::1234:5678:9abc:def0]:65535", "5", "6", "7", "8", "9", "10"}
	for _, q := range []Queues{
		{}, {Name: hostile, Backlog: 4096, Filled: 3000, Accept: many, Syn: many, Knocking: many, Seen: true}, {Name: longPath, Backlog: 0, Filled: 1},
	} {
		everywhere(t, func(r *Renderer) { r.Queues(q) })
	}
	everywhere(t, func(r *Renderer) {
		r.Board(StateBoard{})
		r.Recipe(Recipe{State: hostile, How: words.Raw(longPath), Lasts: words.Raw(hostile), Lines: many}, true)
		r.CounterRows([]CounterRow{{longLabel, "12345678901234567890", words.Raw(longPath)}, {"TW", "+1", words.F("SYN cookies sent")}, {Name: "x"}})
		r.Note(r.MoreStates([]StateCount{{strings.Repeat("STATE", 30), 1 << 40}}))
	})
	line := New(nil, Options{}).CutLine(Join(S(Name, "你好"), L("世界 and more")), 8)
	assert.Equal(t, "你好世…", line.Text())
}

var longLabel = strings.Repeat("LongCounterName", 8)
