package runner

import (
	"context"
	"strings"

	"github.com/socklab/socklab/netlab/kernel"
	"github.com/socklab/socklab/runner/view"
	"github.com/socklab/socklab/runner/words"
)

type boardObject struct {
	State string   `json:"state"`
	Seen  bool     `json:"seen"`
	Now   int      `json:"now"`             // how many sockets of the lab are in it
	At    *float64 `json:"first,omitempty"` // seconds on the lab's clock
}

func lookBoard(_ context.Context, s *Session, a Args) error {
	switch {
	case len(a.Words) > 1:
		return commands["board"].usage()
	case len(a.Words) == 1:
		state, ok := stateNamed(a.Words[0])
		if !ok {
			return &UsageError{Text: words.F("%s is no state of TCP; there are: %s", a.Words[0], strings.Join(kernel.StateNames(), ", "))}
		}
		s.out.Recipe(recipes[state].view(state), true)
		return nil
	}
	board, t := s.stateBoard()
	if a.JSON {
		s.printBoard(board)
		return nil
	}
	s.out.Board(board)
	for _, text := range t.boardNotes() {
		s.out.Note(text)
	}
	if t.err == nil || t.info {
		s.sayNextState(board)
	}
	return nil
}

// stateNamed reads a state's name as ss, RFC 9293 or a hurried hand write it.
func stateNamed(name string) (kernel.State, bool) {
	name = strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
	switch name {
	case "CLOSED":
		name = "CLOSE"
	case "SYN_RECEIVED", "SYN_RCVD":
		name = "SYN_RECV"
	case "FIN_WAIT_1", "FIN_WAIT_2":
		name = "FIN_WAIT" + name[len(name)-1:]
	}
	return kernel.ParseState(name)
}

// stateBoard is what has been seen in this lab and what is there now.
func (s *Session) stateBoard() (view.StateBoard, stateTable) {
	board := view.StateBoard{}
	t := s.stateTable(stateQuery{})
	for i := range t.entries {
		e := &t.entries[i]
		if e.row.Proto != kernel.TCP || !e.row.Ours() || e.row.State == kernel.Unknown {
			continue
		}
		c := board[e.row.State]
		c.Now++
		c.Seen = true
		board[e.row.State] = c
	}
	for _, sight := range s.bench.lab.Sights() {
		c := board[sight.State]
		c.Seen = true
		board[sight.State] = c
	}
	return board, t
}

// boardNotes say what the board cannot show.
func (t stateTable) boardNotes() []words.Text {
	switch {
	case t.err != nil && t.info:
		return []words.Text{words.F("This system does not show its table of sockets: SYN_RECV and TIME_WAIT, which no descriptor has, cannot be seen here. `socklab doctor` tells what would help.")}
	case t.err != nil:
		return []words.Text{words.F("This system shows no states of its sockets, neither its table nor TCP_INFO. `socklab doctor` tells what would help.")}
	}
	return nil
}

func (s *Session) sayNextState(board view.StateBoard) {
	for _, state := range recipeOrder {
		if !board[state].Seen {
			s.out.Label(words.F("The next one: %s", state.String()))
			s.out.Recipe(recipes[state].view(state), false)
			return
		}
	}
	s.out.Good(words.F("All eleven: few people have seen them all."))
}

func (s *Session) printBoard(board view.StateBoard) {
	first := map[kernel.State]float64{}
	for _, sight := range s.bench.lab.Sights() {
		first[sight.State] = sight.At.Seconds()
	}
	for _, state := range view.BoardOrder {
		o := boardObject{State: state.String(), Seen: board[state].Seen, Now: board[state].Now}
		if at, ok := first[state]; ok {
			o.At = &at
		}
		s.printJSON(o)
	}
}
