package tables

import (
	"embed"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
)

//go:generate go run ../compile

//go:embed *.tsv
var files embed.FS

// Tables are all tables, each in the order of its file. Those of [Builtin] are shared: callers must not change them.
type Tables struct {
	States        []State
	Successors    []Succession
	Seats         []Seat
	Places        []Place
	Organizations []Organization
	Members       []Membership
	Groups        []Group
	Sets          []Set
	Offices       []Office
	Leaders       []Leader // hand-kept before compiled
	Ambiguous     []Reading
	NoParty       []NoParty
}

// table knows how to read the rows of one table into Tables.
type table struct {
	spec
	add func(*Tables, *row)
}

var catalog = sync.OnceValue(func() []table {
	split := strings.Fields
	return []table{
		{spec{"states", split("id name official from to parent aliases adjectives singular plural capital metonyms codes"), 1}, addState},
		{spec{"successors", split("predecessor successor date kind"), 2}, addSuccession},
		{spec{"seats", split("name party body from to context"), 1}, addSeat},
		{spec{"places", split("id name state kind aliases common"), 2}, addPlace},
		{spec{"organizations", split("id name kind parent from to aliases nominals seat"), 1}, addOrganization},
		{spec{"members", split("organization member from to status"), 2}, addMembership},
		{spec{"groups", split("id name kind state from to aliases adjectives nominals"), 1}, addGroup},
		{spec{"sets", split("name aliases members from to organization"), 1}, addSet},
		{spec{"offices", split("text plural form kind relation party"), 1}, addOffice},
		{spec{"leaders", split("id name aliases born party office relation from to attested"), 2}, addLeader},
		{spec{"ambiguous", split("text id sense prior cues"), 1}, addReading},
		{spec{"noparty", split("text kind state aliases"), 2}, addNoParty},
	}
})

// Names lists the tables in the order in which they are described.
func Names() []string {
	var names []string
	for _, t := range catalog() {
		names = append(names, t.name)
	}
	return names
}

func specOf(name string) *spec {
	for i, t := range catalog() {
		if t.name == name {
			return &catalog()[i].spec
		}
	}
	return nil
}

var builtin = sync.OnceValues(func() (*Tables, error) {
	t := &Tables{}
	for _, name := range Names() {
		for _, file := range []string{name + ".tsv", "z" + name + ".tsv"} {
			f, err := files.Open(file)
			if err != nil {
				continue // not every table has both
			}
			err = t.read(file, f, name)
			f.Close()
			if err != nil {
				return nil, err
			}
		}
	}
	return t, nil
})

// Builtin is the tables of the program, decoded once. A table of the program that cannot be read is a defect of the build: it panics.
func Builtin() *Tables {
	t, err := builtin()
	if err != nil {
		panic("actor tables: " + err.Error())
	}
	return t
}

// Overlay is t with the rows of a user's file, name being what errors call it. A line "[states]" names the table of the rows that follow.
// A row whose key is there already (the id; for leaders also party, office and from) replaces the cells it fills and adds to its lists;
// other rows are added. Cells at the end of a row may be left out. t itself stays as it is. The error joins a *SyntaxError for each bad line.
func (t *Tables) Overlay(name string, r io.Reader) (*Tables, error) {
	over := t.clone()
	if err := over.read(name, r, ""); err != nil {
		return nil, err
	}
	return over, nil
}

func (t *Tables) read(file string, r io.Reader, first string) error {
	return rows(file, r, first, func(rec *row) error {
		for _, tab := range catalog() {
			if tab.name == rec.spec.name {
				tab.add(t, rec)
			}
		}
		return rec.err
	})
}

func (t *Tables) clone() *Tables {
	c := *t
	c.States, c.Successors, c.Seats = slices.Clone(t.States), slices.Clone(t.Successors), slices.Clone(t.Seats)
	c.Places, c.Organizations, c.Members = slices.Clone(t.Places), slices.Clone(t.Organizations), slices.Clone(t.Members)
	c.Groups, c.Sets, c.Offices = slices.Clone(t.Groups), slices.Clone(t.Sets), slices.Clone(t.Offices)
	c.Leaders, c.Ambiguous, c.NoParty = slices.Clone(t.Leaders), slices.Clone(t.Ambiguous), slices.Clone(t.NoParty)
	return &c
}

var errNoName = "a new %s needs a name in the second column"

func (r *row) named(what, name string, known bool) {
	if name == "" && !known {
		r.fail(errNoName, what)
	}
}

// String tells how many rows each table has.
func (t *Tables) String() string {
	return fmt.Sprintf("states %d, successors %d, seats %d, places %d, organizations %d, members %d, groups %d, sets %d, offices %d, leaders %d, ambiguous %d, noparty %d",
		len(t.States), len(t.Successors), len(t.Seats), len(t.Places), len(t.Organizations), len(t.Members), len(t.Groups), len(t.Sets), len(t.Offices),
		len(t.Leaders), len(t.Ambiguous), len(t.NoParty))
}
