package words

// zhCoach is the Chinese of the sentences that runner/coach says.
var zhCoach = map[string]string{}
