package tables

import (
	"bufio"
	"cmp"
	"slices"
	"strings"
	"testing"

	"entente/schema"
)

// partyIDs are the ids of all that may have a leader.
func partyIDs(t *Tables) map[string]bool {
	ids := map[string]bool{}
	for _, s := range t.States {
		ids[s.ID] = true
	}
	for _, o := range t.Organizations {
		ids[o.ID] = true
	}
	for _, g := range t.Groups {
		ids[g.ID] = true
	}
	return ids
}

func TestLeadersAreWhole(t *testing.T) {
	tables := Builtin()
	parties := partyIDs(tables)
	offices := map[string]bool{}
	for _, o := range tables.Offices {
		offices[o.Text] = true
	}
	if len(tables.Leaders) == 0 {
		t.Fatal("the table of leaders is empty")
	}
	for _, l := range tables.Leaders {
		if !parties[l.Party] {
			t.Errorf("%s: party %q is in no table of states, organisations or groups", l.ID, l.Party)
		}
		if !offices[l.Office] {
			t.Errorf("%s: office %q is not in the table of offices", l.ID, l.Office)
		}
		if l.Relation != schema.LEADS && l.Relation != schema.REPRESENTS {
			t.Errorf("%s: relation %q is neither LEADS nor REPRESENTS", l.ID, l.Relation)
		}
		if l.From == "" && l.To == "" {
			t.Errorf("%s: no date at all", l.ID)
		}
		for _, d := range []schema.Date{l.From, l.To} {
			if !d.Valid() {
				t.Errorf("%s: date %q", l.ID, d)
			}
		}
		if l.From != "" && l.To != "" && l.To.Last().Before(l.From.First()) {
			t.Errorf("%s: ends %s before it begins %s", l.ID, l.To, l.From)
		}
		if l.Attested && (l.From == "" || l.To == "") {
			t.Errorf("%s: attested, but not from when to when", l.ID)
		}
	}
}

// TestLeadersAreOnePersonAnID holds the rows of an id together: one name, one set of aliases, one year of birth, and the slug of the name.
func TestLeadersAreOnePersonAnID(t *testing.T) {
	type key struct{ id, party, office, from string }
	persons := map[string]Leader{}
	terms := map[key]bool{}
	for _, l := range Builtin().Leaders {
		first, ok := persons[l.ID]
		if !ok {
			persons[l.ID] = l
		} else if l.Name != first.Name || l.Born != first.Born || !slices.Equal(l.Aliases, first.Aliases) {
			t.Errorf("%s is %s (%s, %q) and %s (%s, %q)", l.ID, first.Name, first.Born, first.Aliases, l.Name, l.Born, l.Aliases)
		}
		slug := schema.Slug(l.Name)
		namesake := l.Born != "" && strings.HasSuffix(l.ID, "-"+l.Born)
		if l.ID != slug && !namesake {
			t.Errorf("%s: the slug of %s is %s", l.ID, l.Name, slug)
		}
		k := key{l.ID, l.Party, l.Office, string(l.From)}
		if terms[k] {
			t.Errorf("%v is there twice", k)
		}
		terms[k] = true
		if slices.Contains(l.Aliases, l.Name) || !slices.IsSorted(l.Aliases) {
			t.Errorf("%s: aliases %q repeat the name or are not sorted", l.ID, l.Aliases)
		}
	}
}

// TestLeadersWholeNamesAreOnePerson refuses a name of two words or more that two persons share, namesakes apart.
func TestLeadersWholeNamesAreOnePerson(t *testing.T) {
	owner := map[string]string{}
	for _, l := range Builtin().Leaders {
		for _, name := range append([]string{l.Name}, l.Aliases...) {
			if !strings.Contains(name, " ") || l.Born != "" {
				continue
			}
			if o, ok := owner[name]; ok && o != l.ID {
				t.Errorf("%s is %s and %s: give the year of birth", name, o, l.ID)
			}
			owner[name] = l.ID
		}
	}
}

func TestLeadersAreSorted(t *testing.T) {
	leaders := Builtin().Leaders
	order := func(a, b Leader) int {
		return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Office, b.Office), cmp.Compare(a.From, b.From))
	}
	for i := 1; i < len(leaders); i++ {
		if order(leaders[i-1], leaders[i]) > 0 {
			t.Errorf("%s (%s) stands after %s (%s): sort by id, office, from", leaders[i].ID, leaders[i].Office, leaders[i-1].ID, leaders[i-1].Office)
		}
	}
}

func TestLeadersOfTheDay(t *testing.T) {
	tests := []struct {
		party, office string
		day           schema.Date
		want          string
	}{
		{"USA", "president", "1962-10-22", "john-kennedy"},
		{"USA", "secretary of state", "1985-11-19", "george-shultz"},
		{"SUN", "general secretary", "1985-11-19", "mikhail-gorbachev"},
		{"SUN", "foreign minister", "1979-06-18", "andrei-gromyko"},
		{"RUS", "president", "1996", "boris-yeltsin"},
		{"GBR", "prime minister", "1982-06-14", "margaret-thatcher"},
		{"DEU", "chancellor", "1990-10-03", "helmut-kohl"},
		{"FRA", "president", "2003-03-20", "jacques-chirac"},
		{"CHN", "premier", "1972-02-21", "zhou-enlai"},
		{"UN", "secretary-general", "1956-11-05", "dag-hammarskjold"},
		{"NATO", "secretary general", "1999-03-24", "javier-solana"},
	}
	for _, test := range tests {
		var got []string
		for _, l := range Builtin().Leaders {
			if l.Party == test.party && l.Office == test.office && l.Has(test.day) {
				got = append(got, l.ID)
			}
		}
		if !slices.Equal(got, []string{test.want}) {
			t.Errorf("%s of %s on %s: %q, want %s", test.office, test.party, test.day, got, test.want)
		}
	}
}

// TestLeadersHead keeps the source and the licence in the head of the file.
func TestLeadersHead(t *testing.T) {
	f, err := files.Open("leaders.tsv")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var head strings.Builder
	for in := bufio.NewScanner(f); in.Scan() && strings.HasPrefix(in.Text(), "#"); {
		head.WriteString(in.Text() + "\n")
	}
	for _, word := range []string{"Source:", "Licence:", "# id\tname\taliases"} {
		if !strings.Contains(head.String(), word) {
			t.Errorf("the head does not say %q", word)
		}
	}
}

func TestOverlayLeaderNeedsFourCells(t *testing.T) {
	over, err := Builtin().Overlay("mine.tsv", strings.NewReader("[leaders]\nada-example\tAda Example\t-\t-\tUSA\tambassador\tREPRESENTS\t2001\t2003\n"))
	if err != nil {
		t.Fatal("a row without aliases and year of birth:", err)
	}
	if n := len(over.Leaders) - len(Builtin().Leaders); n != 1 {
		t.Errorf("%d leaders were added, want 1", n)
	}
	for _, line := range []string{"-\tAda Example\t-\t-\tUSA\tambassador", "ada-example\t-\t-\t-\tUSA\tambassador", "ada-example\tAda Example\t-\t-\t-\tambassador", "ada-example\tAda Example\t-\t-\tUSA"} {
		if _, err := Builtin().Overlay("mine.tsv", strings.NewReader("[leaders]\n"+line+"\n")); err == nil {
			t.Errorf("%q was taken", line)
		} else if !strings.Contains(err.Error(), "mine.tsv:2") {
			t.Errorf("%q: the error %q does not name the line", line, err)
		}
	}
}
