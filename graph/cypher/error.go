package cypher

import (
	"fmt"
	"strings"
)

// Pos is a place in the text of a query: 1-based line and column, the column counted in code points.
type Pos struct{ Line, Column int }

// String is "line 1, column 5".
func (p Pos) String() string { return fmt.Sprintf("line %d, column %d", p.Line, p.Column) }

// The kinds of Error, with the names that openCypher gives them.
const (
	SyntaxError      = "SyntaxError"
	TypeError        = "TypeError"
	ArgumentError    = "ArgumentError"
	ParameterMissing = "ParameterMissing"
	ProcedureError   = "ProcedureError"
	// Refused is a statement that would write.
	Refused = "Refused"
	// Limited is a query that needed more rows, memory or time than it was given.
	Limited = "Limited"
)

// Error says what is wrong with a query and where.
type Error struct {
	Kind   string // one of the constants
	Detail string // openCypher's name of the fault, such as "UndefinedVariable"; may be empty
	Text   string
	Pos    Pos    // the zero Pos where no place in the text is to blame
	Line   string // the line of the text, empty with the zero Pos
}

// Short is one sentence with the place, on one line.
func (e *Error) Short() string {
	if e.Pos == (Pos{}) {
		return e.Text
	}
	return e.Pos.String() + ": " + e.Text
}

// Error is one sentence, then the line of the query with a mark under the place.
func (e *Error) Error() string {
	s := e.Short()
	if e.Line == "" || len(e.Line) > 400 {
		return s
	}
	return s + "\n  " + e.Line + "\n  " + strings.Repeat(" ", e.Pos.Column-1) + "^"
}

func runtimeError(kind, detail, format string, args ...any) error {
	return &Error{Kind: kind, Detail: detail, Text: fmt.Sprintf(format, args...)}
}

func typeError(format string, args ...any) error {
	return runtimeError(TypeError, "InvalidArgumentValue", format, args...)
}

func argumentError(format string, args ...any) error {
	return runtimeError(ArgumentError, "InvalidArgumentValue", format, args...)
}
