package words

// zhLint is the Chinese of lint, verify and new.
var zhLint = map[string]string{
	// verify
	"Runs, for every task in every language on a fresh lab: nothing (must not pass), the solution and every other right answer (must pass), every wrong answer (must fail on the fact it names); then it looks whether anything was left open. Exit code 1: something failed.": "对每种语言的每个任务，都在全新的实验环境里运行：什么也不做（不能通过），参考答案和每个其他的正确答案（都要通过），每个错误答案（都要在它指明的条件上失败）；然后看有没有什么忘了关闭。退出码 1：有没通过验证的。",
	"Without DIR it proves all lessons there are: those that come with the program and those of --lessons or $SOCKLAB_LESSONS. A line with \"note:\" is no fault: it names what holds before anybody has done anything, which may be meant.":                                   "不给 DIR，就验证所有课程：程序自带的，以及 --lessons 或 $SOCKLAB_LESSONS 里的。带 note: 的行不是错误：它指出还没有人动手就已经成立的条件，这可能正是作者的本意。",

	// lint
	"Without DIR it looks at all lessons there are: those that come with the program and those of --lessons or $SOCKLAB_LESSONS.": "不给 DIR，就检查所有课程：程序自带的，以及 --lessons 或 $SOCKLAB_LESSONS 里的。",

	// new
	"--from copies a lesson that comes with the program, in all its languages. The copy has an id of its own and stands beside the original; with --id and the id of the original it takes its place.": "--from 会复制程序自带的一课，连同它的所有语言版本。副本有自己的 id，与原课并列；用 --id 给出原课的 id，副本就会取代原课。",
	"begin with a copy of a lesson of the program, named by number, name or title":                                                                                                                     "以程序自带的一课为蓝本（写编号、名称或标题）",
	"--from needs the number, the name or the title of a lesson":                                                                                                                                       "--from 后面要写课程的编号、名称或标题",
	"--from %s: only a lesson that comes with the program can be copied; there are: %s":                                                                                                                "--from %s：只能复制程序自带的课程，有：%s",
	"%s is written: lesson %d in all its languages. Change it as you like.":                                                                                                                            "已写好 %s：第 %d 课的副本，各语言版本都在，请随意修改。",
	"Its id is %s, as that of lesson %d: with this folder it takes the place of that lesson, and what was passed in the one is passed in the other.":                                                   "它的 id 是 %s，与第 %d 课相同：使用这个目录时，它会取代那一课；在其中一课通过的步骤，在另一课也算通过。",
	"Its id is %s, so it stands beside lesson %d and has a progress of its own. With --id %s it would take the place of that lesson.":                                                                  "它的 id 是 %s，所以与第 %d 课并列，进度也单独记录。如果用 --id %s 来复制，它就会取代那一课。",
	"A change of the code belongs into each of these files; `socklab lint` compares them.":                                                                                                             "修改代码时，这几个文件都要改；`socklab lint` 会比较它们。",
	"proves the tasks; --trusted: the lessons are yours and may start programs and touch files":                                                                                                        "验证任务；--trusted 表示课程是你自己的，可以启动程序、动文件",
}
