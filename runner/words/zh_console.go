package words

// zhConsole is the Chinese of the sentences that runner/console says.
var zhConsole = map[string]string{
	"the line editor failed (%v); going on without it": "行编辑器出错（%v），改用普通输入继续",
}
