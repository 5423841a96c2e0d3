package chat

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/socklab/socklab/netlab"
	"github.com/socklab/socklab/runner/words"
)

func TestADirectoryIsRead(t *testing.T) {
	d, err := Parse("friends", "\ufeff# my friends\r\n\r\n陈凤琴\t127.0.0.1:8082\r\n  amy   :9000  \n")
	require.NoError(t, err)
	assert.Equal(t, []Friend{{"陈凤琴", netlab.Loopback(8082)}, {"amy", netlab.Loopback(9000)}}, d.Friends())
	assert.Equal(t, "陈凤琴", d.NameOf(netlab.Loopback(8082)))
	assert.Empty(t, d.NameOf(netlab.Loopback(8083)))
	six, err := Parse("friends", "amy [::1]:8081")
	require.NoError(t, err)
	assert.Equal(t, "[::1]:8081", six.Friends()[0].Addr.String())
}

func TestEveryFaultOfADirectoryIsToldAtOnce(t *testing.T) {
	_, err := Parse("f", strings.Join([]string{
		"amy 127.0.0.1:8081",
		"bob",
		"bob 127.0.0.1:8082 extra",
		"amy 127.0.0.1:8083",
		"eve 127.0.0.1:8081",
		"one 127.0.0.1:0",
		"two 127.0.0.1:70000",
		"three example.com:80",
		"four [::1]:8081",
		"quit 127.0.0.1:8084",
		"Unknown 127.0.0.1:8085",
		"a:b 127.0.0.1:8086",
		"@c 127.0.0.1:8087",
		"x\u202ey 127.0.0.1:8088",
		"bad\xff 127.0.0.1:8089",
		"five /tmp/sock",
		"six 0.0.0.0:8090",
		strings.Repeat("n", 41) + " 127.0.0.1:8091",
		"e\u0301ve 127.0.0.1:8092",
		"\u00e9ve 127.0.0.1:8093",
	}, "\n"))
	var faults Faults
	require.ErrorAs(t, err, &faults)
	wants := []string{
		"f:2: a line is NAME ADDR", "f:3: a line is NAME ADDR", "f:4: the name amy stands in line 1 already",
		"f:5: the address 127.0.0.1:8081 stands in line 1 already", "f:6: port 0", "f:7: 127.0.0.1:70000 is no address; the right form is HOST:PORT",
		"f:8: example.com:80 is no address", "f:9: [::1]:8081 is of another family", "f:10: the name quit means something else",
		"f:11: the name Unknown means something else", "f:12: the name a:b has a colon", "f:13: the name @c has a colon or an @",
		"f:14: the name has the invisible character U+202E", "f:15: the line is not UTF-8", "f:16: /tmp/sock is ",
		"f:17: 0.0.0.0:8090 is no address that one can write to", "f:18: the name has more than 40", "f:20: the name \u00e9ve stands in line 19 already",
	}
	got := strings.Split(faults.Error(), "\n")
	require.Len(t, got, len(wants), "%s", faults.Error())
	for i, want := range wants {
		assert.Contains(t, got[i], want)
	}
	assert.NotContains(t, faults.In(words.Chinese), "already", "they are told in the user's language")
}

func TestADirectoryThatHoldsNobody(t *testing.T) {
	for name, text := range map[string]string{"empty": "", "comments": "# nobody\n", "too long": strings.Repeat("#", MaxFile+1)} {
		_, err := Parse("f", text)
		require.Error(t, err, name)
		assert.True(t, strings.HasPrefix(err.Error(), "f: "), err)
	}
}

func TestNamesAreFoundHoweverTheyAreSpelt(t *testing.T) {
	d := NewDirectory([]Friend{{"\u00e9ve", netlab.Loopback(1)}, {"second", netlab.Loopback(1)}, {"陈凤琴", netlab.Loopback(2)}, {"陈小", netlab.Loopback(3)}})
	assert.Len(t, d.Friends(), 3, "an address has one name")
	_, ok := d.Find("e\u0301ve")
	assert.True(t, ok)
	assert.Equal(t, "陈凤琴", d.Nearest("陈凤"))
	assert.Empty(t, d.Nearest("陈"), "it begins two names")
	assert.Empty(t, d.Nearest("somebody"))
	assert.Len(t, Default().Friends(), 4)
}

func TestSplitCutsBetweenCharacters(t *testing.T) {
	text := strings.Repeat("你a", 30)
	pieces := Split(text, 10)
	assert.Equal(t, text, strings.Join(pieces, ""))
	for _, p := range pieces {
		assert.LessOrEqual(t, len(p), 10)
		assert.Equal(t, strings.ToValidUTF8(p, "?"), p)
	}
	assert.Equal(t, []string{"short"}, Split("short", 10))
	assert.Equal(t, strings.Repeat("\x80", 30), strings.Join(Split(strings.Repeat("\x80", 30), 8), ""), "bytes that are no UTF-8")
}
