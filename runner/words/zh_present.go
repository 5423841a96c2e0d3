package words

// zhPresent is the Chinese of the sentences before a class: present, demo, the
// clock.
var zhPresent = map[string]string{
	"%s (what the room says)": "%s（全班的回答）",
	"%s of %d min":            "%s / %d 分钟",
	"%sIt was %s: %s.":        "%s结果是 %s：%s。",
	"Another presentation runs, as process %d: `socklab present --notes` follows that one, and this one once it has ended.": "另有一处正在讲课（进程 %d）：`socklab present --notes` 现在跟着那边；那边结束后，再跟这边。",
	"Enter (ends the lesson)":     "回车（结束本课）",
	"Enter (shows the answer)":    "回车（公布答案）",
	"Enter (step %d · %s)":        "回车（第 %d 步 · %s）",
	"Enter (types line %d of %d)": "回车（键入第 %d 行，共 %d 行）",
	"The line was not run. Enter types it again, `demo stop` ends the demo.": "这一行没有运行。按回车重新键入；`demo stop` 结束演示。",
	"A fresh lab: the demo begins where the step does.":                      "已换成全新的实验环境：演示从这一步的开头做起。",
	"A demo types %s characters in a second.":                                "演示每秒键入 %s 个字符。",
	"how many characters it types in a second, before a class":               "讲课时每秒键入多少个字符",
	"The answer: %s":                                                  "答案：%s",
	"reset (this step once more)":                                     "reset（这一步再来一遍）",
	"There is nothing to type in this step.":                          "这一步没有要键入的内容。",
	"`socklab present --notes` cannot follow: %v":                     "`socklab present --notes` 无法跟随：%v",
	"or the answer of the room":                                       "或输入全班的回答",
	"or your own line":                                                "或输入自己的代码",
	"the clock belongs to a presentation: `socklab present %d`":       "只有讲课时才有时钟：`socklab present %d`",
	"the time used and left of a presentation; with a time it is set": "讲课已用和剩余的时间；给出时间则把时钟拨到那里",
	"types the solution for you, on a fresh lab: Enter starts each line, a key finishes it":                       "在全新的实验环境里替你键入参考答案：按回车开始键入一行，按任意键立即打完",
	"Nobody presents yet. In another terminal: `socklab present 3`. This page follows by itself; Ctrl-C ends it.": "现在没有人在讲课。请在另一个终端里运行：`socklab present 3`。这一页会自动跟上；按 Ctrl-C 结束。",
	"A presentation broke off here: it goes on, and so does its clock. `clock 0` starts it anew.":                 "上次讲课在这里中断：现在接着讲，时钟也接着走。`clock 0` 让时钟从头开始。",
	"Nobody presents any more. This page follows again by itself once `socklab present` runs.":                    "讲课已经停了。再运行 `socklab present`，这一页会自动跟上。",
	"your own line": "输入自己的代码",
}
