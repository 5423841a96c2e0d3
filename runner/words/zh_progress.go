package words

// zhProgress is the Chinese of the sentences that runner/progress says.
var zhProgress = map[string]string{
	"the file of your progress was damaged and is kept as %s; progress starts anew":                            "进度文件已损坏，原文件保留为 %s；进度从头开始记录",
	"the file of your progress was damaged and could not be moved aside (%v); progress is kept until you quit": "进度文件已损坏，又无法改名保留（%v）；进度只保留到退出为止",
	"%s was written by a newer socklab and is left as it is; progress is kept until you quit":                  "%s 由更新版本的 socklab 写成，保持原样不动；进度只保留到退出为止",
	"progress cannot be saved (%v) and is kept until you quit":                                                 "进度无法保存（%v），只保留到退出为止",
	"there is no home folder to save progress in; it is kept until you quit":                                   "没有可保存进度的主目录；进度只保留到退出为止",
}
