package words

// zhTurns is the Chinese of the sentences about a loop over many sockets: its
// turns, what poll says, and why a server refuses.
var zhTurns = map[string]string{
	"the turns of a loop: what each select or poll found ready, and the calls until the next one":                                                              "循环的每一轮：每次 select 或 poll 发现谁就绪，以及到下一次之前的调用",
	"The latest 10, or NUMBER of them. A socket is ready when a call on it would not wait: bytes, the end of the stream, a reset, and of a listener a caller.": "显示最近 10 轮，或 NUMBER 轮。对套接字的调用不必等待时，它就是就绪的：有数据、流已结束、连接被重置；对监听套接字来说是有来电。",
	"No turn yet: a turn begins with select.select(…) or with the poll() of a select.poll().":                                                                  "还没有任何一轮：一轮从 select.select(…) 或 select.poll() 对象的 poll() 开始。",
	"earlier turns are not remembered":                     "更早的轮次没有保留",
	"%d earlier turns are not shown; `turns %d` shows all": "更早的 %d 轮没有显示；`turns %d` 显示全部",
	"turn %d":                                              "第 %d 轮",
	"%d more calls in this turn":                           "这一轮还有 %d 次调用",
	"watched %d, cancelled":                                "监视 %d 个，已取消",
	"watched %d, %s":                                       "监视 %d 个，%s",
	"watched %d, %d ready at once":                         "监视 %d 个，立即有 %d 个就绪",
	"watched %d, none ready in %s":                         "监视 %d 个，%s 内无一就绪",
	"watched %d, %d ready after %s":                        "监视 %[1]d 个，%[3]s 后 %[2]d 个就绪",
	"closed: no descriptor any more":                       "已关闭：不再有描述符",
	"an error, which the next call reports":                "有错误，下一次调用会报告",
	"a caller: accept will not wait":                       "有来电：accept 不必等待",
	"hung up":                                              "已挂断",
	"recv will not wait":                                   "recv 不必等待",
	"send will not wait":                                   "send 不必等待",
	"poll is waiting: none of the sockets is ready.":       "poll 正在等待：没有一个套接字就绪。",
	"a chat room: what one says goes to all the others":    "聊天室：一个人说的话转发给其他所有人",
	"callers, all at once, who check the answers they get": "许多同时拨入的客户端，并核对收到的回答",
	"how many messages may wait for one reader; who lets more come is dropped": "一个读者最多有多少条消息排队；超过就被断开",
	"the longest message that is accepted, in bytes":                           "接受的消息的最大长度（字节）",
	"SO_SNDBUF of each connection, in bytes; 0 leaves the system's":            "每条连接的 SO_SNDBUF（字节）；0 表示用系统默认值",
	"whom they call":                       "拨给谁",
	"the port that they call":              "拨给哪个端口",
	"how many call":                        "有多少个客户端拨入",
	"how many messages each of them sends": "每个客户端发多少条消息",
}
