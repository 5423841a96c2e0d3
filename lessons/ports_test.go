package lessons

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestPortsAreFoundWhereTheyAreNamed(t *testing.T) {
	for code, want := range map[string][]int{
		`serve("tcp-upper", port=8080)`:                      {8080},
		`serve("tcp-upper", 8081)`:                           {8081},
		`PORT = 9000`:                                        {9000},
		`ip_port = ("127.0.0.1", 9001)`:                      {9001},
		`s.bind(('', 9002))`:                                 {9002},
		`s.connect(("::1", 9003, 0, 0))`:                     {9003},
		`s.sendto(b"x", ("localhost", 9004))`:                {9004},
		`bind :8080`:                                         {8080},
		`phone.connect 127.0.0.1:8080`:                       {8080},
		`sendto echo:7000 hello`:                             {7000},
		`popen nc 127.0.0.1 8080`:                            {8080},
		`get("http://127.0.0.1:8080/x")`:                     {8080},
		`kernel("TIME_WAIT", port=8080)`:                     {8080},
		"a.bind(('', 8081))\nb.connect(('127.0.0.1', 8080))": {8080, 8081},
		`s.bind(("127.0.0.1", 0))`:                           nil,
		`s.bind(("127.0.0.1", 80))`:                          nil,
		`s.bind(("127.0.0.1", 70000))`:                       nil,
		`conn.recv(1024)`:                                    nil,
		`struct.pack("i", 12345)`:                            nil,
		`data[:1024], {"size":1024}, f("abc", 2048)`:         nil,
		"if x:1024\nreturn lambda y:2048":                    nil,
		`serve("tcp-upper", port=99999999999999999999999)`:   nil,
	} {
		l := &Lesson{}
		s := &Step{Parts: []Part{&Block{Role: RoleRun, Lang: "python", Code: code}}}
		assert.ElementsMatch(t, want, l.Ports(s), code)
	}
}

func TestPortsOfTheIntroductionAreTheSteps(t *testing.T) {
	l := &Lesson{Intro: []Part{&Block{Role: RoleLab, Lang: "python", Code: "serve('x', port=8080)"}}}
	s := &Step{Parts: []Part{
		&Block{Role: RoleTask, Lang: "python", Code: "k(port=8081)"},
		&Block{Role: RoleHint, Lang: "text", Code: "port=8082"},
	}}
	assert.Equal(t, []int{8080, 8081}, l.Ports(s))
	assert.Equal(t, []int{8080}, l.Ports(nil))
}

func TestWithPortsExchangesWholeNumbersEverywhere(t *testing.T) {
	src := head + "port 8080\n" + block("python lab", "serve('x', port=8080)") +
		"## Dial 8080 {#dial-8080}\n\nPort 8080, 8081端口; not 18080, 8080.5 or x8080. See 8080.\n\n<!-- notes: 8080 -->\n" +
		block("python task", "k(port=8080)  # port 8080 is open") + block("text hint", "8080") + block("python solution", "bind :8080") +
		block("python wrong", "# fails: port 8080 is open", "x(8081)") +
		block("yaml predict", "ask: 8080?", "choices:", "- {text: '8080', when: k(port=8080), say: 8080!}", "- {text: b, when: otherwise}", "explain: 8080") + block("python run", "x()") +
		block("yaml quiz", "ask: x", "answer: [8080]", "wrong: {8081: not 8081}", "explain: z")
	l, found := Parse("l.md", []byte(src))
	require.Empty(t, found)
	swap := map[int]int{8080: 8081, 8081: 50000}
	s := WithPorts(l.Steps[0], swap)

	assert.Equal(t, "dial-8080", s.ID, "an id is not shown")
	assert.Equal(t, "Dial 8081", s.Title)
	assert.Equal(t, "Port 8081, 50000端口; not 18080, 8080.5 or x8080. See 8081.", s.Parts[0].(*Text).Markdown)
	assert.Equal(t, []string{"8081"}, s.Notes())
	assert.Equal(t, "serve('x', port=8081)", s.Lab()[0].Code)
	assert.Equal(t, Fact{Expr: "k(port=8081)", Words: "port 8081 is open", Line: s.Task().Line}, s.Facts()[0])
	assert.Equal(t, "8081", s.Hints()[0].Code)
	assert.Equal(t, "bind :8081", s.Solution().Code)
	i, err := s.FailsOn(s.Wrong()[0])
	require.NoError(t, err)
	assert.Zero(t, i)
	q := s.Questions()
	assert.Equal(t, Choice{Text: "8081", When: "k(port=8081)", Say: "8081!", Line: q[0].Choices[0].Line}, q[0].Choices[0])
	assert.Equal(t, "8081", q[0].Explain)
	assert.Equal(t, []string{"8081"}, q[1].Answers)
	assert.Equal(t, []Reply{{Answer: "50000", Say: "not 50000"}}, q[1].Wrong)

	assert.Equal(t, "Dial 8080", l.Steps[0].Title, "the original is left alone")
	assert.Equal(t, "bind :8080", l.Steps[0].Solution().Code)
	assert.Equal(t, "k(port=8080)", l.Steps[0].Facts()[0].Expr)
	assert.Equal(t, "port 8081", l.WithPorts(swap).Intro[0].(*Text).Markdown)
}
