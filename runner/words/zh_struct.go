package words

// zhStruct is the Chinese of the sentences about struct formats, bytearray and
// the picture of packed bytes.
var zhStruct = map[string]string{
	// The module and its methods.
	"numbers as bytes and back": "数字与字节互相转换",
	"the values as bytes":       "把这些值打包成字节",
	"the values in the bytes, always a tuple; there must be calcsize(format) of them":                           "字节里的各个值，总是元组；字节数必须正好是 calcsize(format)",
	"how many bytes the format has, padding included":                                                           "这个格式占多少字节，填充也算在内",
	"writes the values into a bytearray":                                                                        "把这些值写进 bytearray",
	"the values in the bytes from an offset on":                                                                 "从某个偏移开始的各个值",
	"a list of a tuple for each piece of calcsize(format) bytes":                                                "每 calcsize(format) 个字节得到一个元组，组成列表",
	"a format that was read once: it has pack, unpack, size":                                                    "预先解析好的格式：有 pack、unpack、size",
	"a struct of %d bytes is too large to make here: at most %d":                                                "%d 字节的结构太大，这里做不了：最多 %d 字节",
	"without padding the format has %d bytes: begin it with = < > or !; `layout %s` shows where the padding is": "不算填充，这个格式是 %d 字节：请用 = < > 或 ! 开头；`layout %s` 显示填充在哪里",
	"a buffer is made with bytearray(%d)":                                                                       "缓冲区用 bytearray(%d) 来建",
	"a buffer is made with bytearray(1024)":                                                                     "缓冲区用 bytearray(1024) 来建",
	"as recv, into a bytearray; returns how many bytes came":                                                    "同 recv，但读进一个 bytearray；返回收到的字节数",
	"as bytes(), but they can be changed":                                                                       "同 bytes()，但内容可以修改",
	"put a byte at the end":                                                                                     "在末尾添加一个字节",
	"put a byte in front of the one at index":                                                                   "在 index 处的字节之前插入一个字节",
	"take a byte out and return it":                                                                             "取出一个字节并返回它",
	"take the first byte n out":                                                                                 "去掉第一个值为 n 的字节",
	"turn the bytes round":                                                                                      "把字节的次序颠倒过来",
	"take all bytes out":                                                                                        "清空所有字节",
	"a new bytearray of the same bytes":                                                                         "内容相同的新 bytearray",

	// The commands.
	"numbers and text as bytes, with a picture of them": "把数字和文本打包成字节，并画出来",
	"`pack !4sI GET 5` is struct.pack(\"!4sI\", b'GET', 5). A value with blanks in it stands in brackets or quotes; a format that begins with = stands in quotes: `pack \"=ci\" a 5`. A name that you have bound is that variable.": "`pack !4sI GET 5` 就是 struct.pack(\"!4sI\", b'GET', 5)。带空格的值要放进括号或引号；以 = 开头的格式要放进引号：`pack \"=ci\" a 5`。你绑定过的名字就是那个变量。",
	"a format that begins with = stands in quotes: %s":                                                                        "以 = 开头的格式要放进引号：%s",
	"what values bytes are, with a picture of them":                                                                           "字节里是哪些值，并画出来",
	"`unpack !I data[:4]` is struct.unpack(\"!I\", data[:4]): always a tuple. There must be as many bytes as the format has.": "`unpack !I data[:4]` 就是 struct.unpack(\"!I\", data[:4])：结果总是元组。字节数必须与格式正好相等。",
	"where a struct format has its values and its padding":                                                                    "struct 格式里各个值和填充在什么位置",
	"`layout ci` is the format alone, `layout ci a 5` with values, `layout !I data` with bytes that are read by it. Numbers are read in the other byte order too.": "`layout ci` 只看格式，`layout ci a 5` 带上值，`layout !I data` 带上按它来读的字节。数字还会按另一种字节序再读一遍。",

	// The picture.
	"%s: %s, %s": "%s：%s，%s",
	"native order (little-endian), native sizes and alignment": "本机字节序（小端），本机大小，按本机对齐",
	"native order (little-endian), standard sizes, no padding": "本机字节序（小端），标准大小，无填充",
	"little-endian, standard sizes, no padding":                "小端，标准大小，无填充",
	"big-endian, standard sizes, no padding":                   "大端，标准大小，无填充",
	"network order (big-endian), standard sizes, no padding":   "网络字节序（大端），标准大小，无填充",
	"read big-endian":    "按大端读",
	"read little-endian": "按小端读",
	"padding":            "填充",
	"offset":             "偏移",
	"format":             "格式",
	"value":              "值",
	"offset %d: %s, %s":  "偏移 %d：%s，%s",
	"not drawn: %d more bytes, %d more values": "没有画出来的：还有 %d 字节，%d 个值",
}
