package words

// zhExec is the Chinese of the servers that run commands, and of select.
var zhExec = map[string]string{
	"runs each command it receives and sends back what it printed, without framing":                                                  "执行收到的每条命令，把输出发回去，没有报头",
	"runs commands; commands and answers are framed: four bytes of length in front, an answer has a JSON header and then the output": "执行命令；命令和应答都有报头：前四个字节是长度，应答先是 JSON 报头，再是输出",
	"the programs that may be run, without a shell":                                                                                  "可以运行的程序，不经过 shell",
	"give each command to sh -c: whoever can connect runs anything as you. It has to be allowed by a person":                         "把每条命令交给 sh -c：连得上的人都能以你的身份执行任何命令。须由人允许",
	"how long one command may take":                                                       "一条命令最多执行多久",
	"how many bytes one command may print":                                                "一条命令最多输出多少字节",
	"in which encoding the output is sent: \"utf-8\", or \"gbk\" as on a Chinese Windows": "输出用什么编码发送：\"utf-8\"，或像中文 Windows 那样用 \"gbk\"",
	"the longest command that is accepted, in bytes":                                      "接受的命令最长多少字节",

	"which sockets are ready: many connections in one thread":                              "哪些套接字就绪了：一个线程照看许多连接",
	"waits until one of the sockets can be read or written: three lists of those that can": "等到有套接字可读或可写：返回三个列表，各是就绪的那些",
	"an object that watches sockets: register, then poll":                                  "监视套接字的对象：先 register，再 poll",
	"watch this socket from now on":                                                        "从现在起监视这个套接字",
	"watch it for something else":                                                          "改为监视别的事件",
	"watch it no more":                                                                     "不再监视它",
	"waits, at most so many milliseconds: a list of (number, events)":                      "等待，最多这么多毫秒：返回 (描述符, 事件) 的列表",
	"%d is no descriptor of a socket of this lab":                                          "%d 不是本实验环境里套接字的描述符",
	"select knows numbers below %d alone; select.poll() has no such limit":                 "select 只认小于 %d 的描述符；select.poll() 没有这个限制",
	"it is not registered: register it first":                                              "它还没有登记：请先 register",
}
