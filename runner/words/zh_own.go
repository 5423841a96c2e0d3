package words

// zhOwn is the Chinese of the sentences about lessons of one's own.
var zhOwn = map[string]string{
	"and %d more; `socklab lint` lists them all": "还有 %d 处；`socklab lint` 会全部列出",
	// A lesson that is edited while it is open.
	"%s is gone; the lesson goes on as it was read before": "%s 不见了；课程按之前读到的内容继续",
	"The lesson goes on as it was before these faults.":    "有错误的版本不采用，课程按之前的版本继续。",
	"%s was read anew.": "已重新读取 %s。",
	"the lesson %s has faults and was left out; `socklab lint` lists them":               "课程 %s 有错误，未载入；`socklab lint` 会全部列出",
	"this lab is closed: type `%s` in the new one":                                       "这个实验环境已关闭：请在新的环境里输入 `%s`",
	"%s is for whoever reads the lesson; what a lesson shows or prepares cannot do that": "%s 是给学习者用的；课程自己运行的代码不能用它",
	"The lesson begins as soon as these faults are gone; Ctrl-C ends.":                   "改正这些错误后，课程会自动开始；按 Ctrl-C 结束。",
	"--watch is for lessons of your own: name their folder with --lessons DIR":           "--watch 只用于自编课程：请用 --lessons DIR 指明课程所在的目录",

	// Folders of lessons.
	"the folder of the lessons has no name: write --lessons DIR":                                                     "没有给出课程所在的目录：请写成 --lessons DIR",
	"there is no folder %[1]s; `socklab new %[1]s` makes one with a lesson in it":                                    "没有目录 %[1]s；`socklab new %[1]s` 可以新建，并在其中放好一课",
	"%s is no folder: name the folder that holds the lessons":                                                        "%s 不是目录：请给出存放课程的目录",
	"%[1]s cannot be read: permission denied; `chmod u+rx %[1]s` gives the right to its owner":                       "无法读取 %[1]s：权限不足；`chmod u+rx %[1]s` 可以给所有者加上权限",
	"there is no lesson in %[1]s: a lesson is a folder NN-slug with a file lesson.md; `socklab new %[1]s` makes one": "%[1]s 里没有课程：一课就是一个名为 NN-slug 的目录，里面有文件 lesson.md；`socklab new %[1]s` 可以新建一课",
	"(and %d more)": "（另有 %d 处）",
	"files with faults are left out; `socklab lint %s` lists every fault": "有错误的文件未载入；`socklab lint %s` 会列出所有错误",

	// lint
	"1 fault":                 "1 处错误",
	"%d faults in 1 file":     "1 个文件，%d 处错误",
	"%d faults in %d files":   "%[2]d 个文件，%[1]d 处错误",
	"no faults in 1 lesson":   "1 课，没有错误",
	"no faults in %d lessons": "%d 课，没有错误",

	// new
	"%s is written: a small lesson that plays as it is. Change it as you like.": "已写好 %s：一堂小课，直接就能上，请随意修改。",
	"finds the faults of the text, each with its line":                          "查找文本中的错误，逐条给出行号",
	"proves the tasks: answers pass, mistakes do not":                           "验证任务：正确答案能通过，错误做法不能",
	"plays it, and reads it anew whenever you save it":                          "上这一课，每次保存后自动重新读取",
	"shows it to a class":   "给全班讲这一课",
	"makes a handout of it": "输出成讲义",
	"docs/authoring.md has every block and every fact. SOCKLAB_LESSONS=%s in your shell's profile spares --lessons.": "所有的块和条件都写在 docs/authoring.md 里。在 shell 的配置文件里设置 SOCKLAB_LESSONS=%s，就不必每次写 --lessons。",
	"--id %s: an id is made of lower-case letters, digits and single dashes, such as time-wait":                      "--id %s：id 由小写字母、数字和单个连字符组成，例如 time-wait",
	"--id %s: another lesson has that id; choose another":                                                            "--id %s：已有课程使用这个 id，请换一个",
	"%s is a lesson itself: name the folder that is to hold the lessons":                                             "%s 本身就是一课：请给出要存放课程的目录",
	"%s has a lesson 999 already: the numbers end there; choose another folder":                                      "%s 里已有编号为 999 的课程，编号到此为止：请换一个目录",
	"the folder has no name: write `socklab new DIR`":                                                                "没有给出目录：请写成 `socklab new DIR`",
	"%s is no folder: name a folder, it is made if there is none":                                                    "%s 不是目录：请给出一个目录，没有时会新建",
	"%s: permission denied; choose a folder that you may write to":                                                   "%s：权限不足；请换一个可以写入的目录",
}
