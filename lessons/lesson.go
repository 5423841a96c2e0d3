package lessons

// Lesson is one lesson in one language. Once loaded it is not changed and may
// be read from any goroutine.
type Lesson struct {
	ID      string
	Title   string
	Lang    string // "en" for lesson.md, XX for lesson.XX.md
	Number  int    // NN of the folder NN-slug
	Minutes int
	Needs   []string // ids of lessons that come before
	File    string   // path in the file system it was loaded from, or as the user named it
	Foreign bool     // it does not come with the program: its code reaches loopback alone
	Intro   []Part   // what stands before the first step
	Steps   []*Step

	needsLine int // where needs stands in the file
}

// Step is one ## section of a lesson.
type Step struct {
	ID    string
	Title string
	Line  int // of the heading
	Parts []Part

	intro []*Block // the lab blocks of the lesson's introduction
}

// Part is a piece of a lesson, in the order of the file: [*Text], [*Block],
// [*Question], [*Notes] or [*Pause].
type Part interface{ part() }

// Text is Markdown to be shown. Comments are gone from it, but for those that
// say a fence in words; fences without a role are still in it.
type Text struct {
	Markdown string
	Line     int
}

// Notes are an instructor's, from <!-- notes: … -->.
type Notes struct {
	Text string
	Line int
}

// Pause is a place to stop and let the reader go on, from <!-- pause -->.
type Pause struct{ Line int }

func (*Text) part()     {}
func (*Block) part()    {}
func (*Question) part() {}
func (*Notes) part()    {}
func (*Pause) part()    {}

// Step finds a step by its id; it is nil if there is none.
func (l *Lesson) Step(id string) *Step {
	for _, s := range l.Steps {
		if s.ID == id {
			return s
		}
	}
	return nil
}

// Lab lists the lab blocks of the introduction, which belong to every step.
func (l *Lesson) Lab() []*Block { return blocks(l.Intro, RoleLab) }

// Notes lists the instructor's notes on the introduction.
func (l *Lesson) Notes() []string { return notes(l.Intro) }

// Lab lists what runs before the step: the introduction's lab blocks, then
// the step's own.
func (s *Step) Lab() []*Block {
	return append(append([]*Block(nil), s.intro...), blocks(s.Parts, RoleLab)...)
}

// Task is the step's task, nil if it has none.
func (s *Step) Task() *Block { return first(blocks(s.Parts, RoleTask)) }

// Facts lists what the step's task asks for.
func (s *Step) Facts() []Fact {
	if task := s.Task(); task != nil {
		return task.Facts
	}
	return nil
}

// Runs lists the blocks that are shown and run on Enter.
func (s *Step) Runs() []*Block { return blocks(s.Parts, RoleRun) }

// Hints lists the hints in order; their Code is Markdown.
func (s *Step) Hints() []*Block { return blocks(s.Parts, RoleHint) }

// Solution is the answer to the step's task, nil if it has none.
func (s *Step) Solution() *Block { return first(blocks(s.Parts, RoleSolution)) }

// Also lists other right answers.
func (s *Step) Also() []*Block { return blocks(s.Parts, RoleAlso) }

// Wrong lists answers that must not pass.
func (s *Step) Wrong() []*Block { return blocks(s.Parts, RoleWrong) }

// Questions lists the predict and quiz questions in order.
func (s *Step) Questions() []*Question {
	var list []*Question
	for _, p := range s.Parts {
		if q, ok := p.(*Question); ok {
			list = append(list, q)
		}
	}
	return list
}

// Notes lists the instructor's notes on the step.
func (s *Step) Notes() []string { return notes(s.Parts) }

func blocks(parts []Part, role Role) []*Block {
	var list []*Block
	for _, p := range parts {
		if b, ok := p.(*Block); ok && b.Role == role {
			list = append(list, b)
		}
	}
	return list
}

func first(list []*Block) *Block {
	if len(list) == 0 {
		return nil
	}
	return list[0]
}

func notes(parts []Part) []string {
	var list []string
	for _, p := range parts {
		if n, ok := p.(*Notes); ok {
			list = append(list, n.Text)
		}
	}
	return list
}
