package words

// zhHandout is the Chinese of what stands around a lesson that is printed.
var zhHandout = map[string]string{
	"Comes after: %s":            "先修：%s",
	"Introduction":               "引言",
	"The lab, before every step": "实验环境（每一步开始前运行）",
	"The lab":                    "实验环境",
	"Run it":                     "运行",
	"Hints":                      "提示",
	"Notes for the instructor":   "讲师备注",
	"Solutions":                  "答案",
	"Solution":                   "参考答案",
	"Also right":                 "也可以这样写",
	"run it and see":             "运行一下就知道",
	"The answers to the predictions are what came true on the machine that made this handout.": "预测题的答案，是生成这份讲义的机器上实际得到的结果。",
}
