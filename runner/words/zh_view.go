package words

// zhView is the Chinese of the sentences that runner/view says.
var zhView = map[string]string{
	"Task":      "任务",
	"Next":      "接下来",
	"Note":      "说明",
	"Warning":   "注意",
	"Right":     "答对了",
	"Not right": "不对",
	"held":      "已满足",
	"not yet":   "未满足",
	"to do":     "待完成",
	"seen:":     "实际：",
	"try:":      "试试：",
	"line %d":   "第 %d 行",
}
