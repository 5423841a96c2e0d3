package words

// zhPresent is the Chinese of the sentences before a class: present, demo, the
// clock.
var zhPresent = map[string]string{
	"%s (what the room says)": "%s（全班的回答）",
	"%s of %d min":            "%s / %d 分钟",
	"%sIt was %s: %s.":        "%s结果是 %s：%s。",
	"Another presentation runs, as process %d: `socklab present --notes` follows that one, and this one once it has ended.": "另有一场演示正在进行（进程 %d）：`socklab present --notes` 跟着那一场；那场结束后，改跟这一场。",
	"Enter (ends the lesson)":     "回车（结束本课）",
	"Enter (shows the answer)":    "回车（公布答案）",
	"Enter (step %d · %s)":        "回车（第 %d 步 · %s）",
	"Enter (types line %d of %d)": "回车（键入第 %d 行，共 %d 行）",
	"The line was not run. Enter types it again, `demo stop` ends the demo.":                                      "这一行没有运行。按回车重新键入；`demo stop` 结束演示键入。",
	"The task is done on this lab already; `reset` begins on a fresh one.":                                        "这个实验环境里任务已经完成；`reset` 换一个全新的环境重来。",
	"There is nothing to type in this step.":                                                                      "这一步没有要键入的内容。",
	"`socklab present --notes` cannot follow: %v":                                                                 "`socklab present --notes` 无法跟随：%v",
	"or the answer of the room":                                                                                   "或键入全班的回答",
	"or your own line":                                                                                            "或键入自己的代码",
	"the clock belongs to a presentation: `socklab present %d`":                                                   "计时只在演示时才有：`socklab present %d`",
	"the time used and left of a presentation; with a time it is set":                                             "演示已用和剩余的时间；带上时间则把时钟拨到那里",
	"types the solution for you: Enter starts each line, a key finishes it":                                       "替你键入答案：每按一次回车键入一行，按任意键立即打完",
	"Nobody presents yet. In another terminal: `socklab present 3`. This page follows by itself; Ctrl-C ends it.": "现在没有人在演示。请在另一个终端里运行：`socklab present 3`。这一页会自动跟上；按 Ctrl-C 结束。",
	"A presentation broke off here: it goes on, and so does its clock. `clock 0` starts it anew.":                 "上一场演示在这里中断：现在接着来，时钟也接着走。`clock 0` 让时钟从头开始。",
	"Nobody presents any more. This page follows again by itself once `socklab present` runs.":                    "演示已经停了。等 `socklab present` 再运行，这一页会自动跟上。",
	"your own line": "键入自己的代码",
}
