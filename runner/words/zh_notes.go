package words

// zhNotes is the Chinese of the sentences about the notes in a second terminal:
// how the two terminals meet, the page and its clock.
var zhNotes = map[string]string{
	"another presentation runs; end it first":                                  "另有一处正在讲课，请先结束那边",
	"another presentation runs, as process %d; end it first":                   "另有一处正在讲课（进程 %d），请先结束那边",
	"%s is not a folder, or is a link; remove it, socklab makes it anew":       "%s 不是目录，或是一个链接；请删除它，socklab 会重新建立",
	"others may enter %s (mode %s), so it is not used; close it: chmod 700 %s": "其他用户可以进入 %s（权限 %s），因此不用它；请收紧权限：chmod 700 %s",
	"%s belongs to another user (uid %d) and is not used; choose a folder of your own in both terminals: mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run":    "%s 属于另一个用户（uid %d），因此不用它；请在两个终端里都换成自己的目录：mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run",
	"others may change what is in %s, so no folder is made there; choose one of your own in both terminals: mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run": "其他用户可以改动 %s 里的内容，因此不在那里建立目录；请在两个终端里都换成自己的目录：mkdir -m 700 ~/.socklab-run; export XDG_RUNTIME_DIR=~/.socklab-run",
	"%s is too long for the address of a Unix socket (%d bytes at most); choose a shorter folder in both terminals: mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x":         "%s 作为 Unix 套接字的地址太长（最多 %d 字节）；请在两个终端里都换一个路径更短的目录：mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x",
	"%v; choose a folder that you can write to in both terminals: mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x":                                                           "%v；请在两个终端里都换一个可以写入的目录：mkdir -m 700 /tmp/x; export XDG_RUNTIME_DIR=/tmp/x",

	"the lesson is over":                      "本课已结束",
	"introduction, then %d steps":             "引言，之后共 %d 步",
	"There are no notes on the introduction.": "引言没有教师备注。",
	"Solution": "参考答案",
	"A demo runs: Enter on the other terminal types line %d.": "正在演示：在另一个终端按回车，键入第 %d 行。",
	"Questions and answers":                                   "问题与答案",
	"step %d · %s":                                            "第 %d 步 · %s",
	"nothing: the lesson is over":                             "没有了，本课已结束",
	"the end of the lesson":                                   "本课结束",

	"%s of %s":                 "已用 %s，共 %s",
	"%s left":                  "还剩 %s",
	"%s over":                  "超时 %s",
	"%s since its start":       "开课至今 %s",
	"%s behind an even pace":   "比平均进度慢 %s",
	"%s ahead of an even pace": "比平均进度快 %s",
	"%s behind":                "慢 %s",
	"%s ahead":                 "快 %s",
	"%d min":                   "%d 分钟",
	"%d min %d s":              "%d 分 %d 秒",
}
