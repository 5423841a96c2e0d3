package words

// zhCmd is the Chinese of the sentences that cmd/socklab says.
var zhCmd = map[string]string{
	"Forget this progress? It cannot be undone. yes/no: ": "清除这些进度？清除后无法恢复。yes/no：",
	"Nothing was changed.":                                "没有改动。",
}
