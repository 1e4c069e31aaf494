package schema_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"entente/schema"
)

const text = "GENEVA, Dec 9 - Russia’s envoy Dmitry Rogozin met NATO ambassadors on Wednesday. He accused the alliance of secrecy. NATO may answer soon. That is all.\n"

// evidence is an evidence on the first place where quote stands in text.
func evidence(quote string, status schema.Status, set func(*schema.Evidence)) schema.Evidence {
	start := strings.Index(text, quote)
	e := schema.Evidence{Start: start, End: start + len(quote), Quote: quote, Status: status}
	if set != nil {
		set(&e)
	}
	return e
}

// goodReading uses every field of every type at least once, and passes Check.
func goodReading() schema.Reading {
	const meeting = "Russia’s envoy Dmitry Rogozin met NATO ambassadors on Wednesday."
	consult := schema.New("RUS", schema.CONSULT, "NATO", "", "2010-12-08", "2010-12-09", "wire/17")
	consult.Evidence = []schema.Evidence{
		evidence(meeting, schema.Asserted, func(e *schema.Evidence) {
			e.ObjectAgent, e.Initiator, e.Mediators, e.Place = "dmitry-rogozin", "RUS", []string{"CHE"}, "CHE/geneva"
			e.Mode, e.Contexts, e.Basis, e.Group, e.Rule, e.Confidence = "multilateral", []string{"military", "diplomatic"}, schema.Relative, 1, "meet", 0.75
		}),
	}
	accuse := schema.New("RUS", schema.ACCUSE, "NATO", "", "", "2010-12-09", "wire/17")
	accuse.Evidence = []schema.Evidence{
		evidence("He accused the alliance of secrecy.", schema.Asserted, func(e *schema.Evidence) {
			e.Speaker, e.Agent, e.Mode, e.Basis, e.Model, e.Confidence = "dmitry-rogozin", "dmitry-rogozin", "disapprove", schema.ReportedOnly, "m", 1
		}),
		evidence("of secrecy. NATO may answer soon.", schema.Hypothetical, nil),
	}
	tie := schema.New("dmitry-rogozin", schema.REPRESENTS, "RUS", "envoy", "", "2010-12-09", "wire/17")
	tie.Evidence = []schema.Evidence{
		evidence("Russia’s envoy Dmitry Rogozin", schema.Asserted, func(e *schema.Evidence) { e.From, e.To, e.Former = "2008-01", "2011-12", true }),
	}
	r := schema.Reading{
		Article: schema.Article{
			ID: "wire/17", Title: "Envoy meets allies", Published: "2010-12-09", PublishedFrom: "format", Source: "Wire", URL: "https://example.org/17", Text: text,
			Furniture: []schema.Furniture{{Start: 0, End: 16, Kind: "dateline"}, {Start: len(text) - 13, End: len(text) - 1, Kind: "editors"}},
		},
		Entities: []schema.Entity{
			{ID: "NATO", Kind: schema.Organization, Name: "NATO", Aliases: []string{"North Atlantic Treaty Organization"}},
			{ID: "RUS", Kind: schema.State, Name: "Russia", Codes: map[string]string{"iso3": "RUS", "cow": "365"}},
			{ID: "CHE", Kind: schema.State, Name: "Switzerland"},
			{ID: "CHE/geneva", Kind: schema.Place, Name: "Geneva", State: "CHE"},
			{ID: "dmitry-rogozin", Kind: schema.Person, Name: "Dmitry Rogozin"},
		},
		Triples:   []schema.Triple{tie, accuse, consult},
		Extractor: schema.Extractor{Name: "rules", Version: "1"},
	}
	r.Normalize()
	return r
}

func TestReadingString(t *testing.T) {
	want := `wire/17 2010-12-09
NATO CONSULT RUS 2010-12-08
	asserted 16-82 object_agent=dmitry-rogozin initiator=RUS mode=multilateral place=CHE/geneva basis=relative rule=meet mediators=CHE contexts=military,diplomatic group=1 confidence=0.75 "Russia’s envoy Dmitry Rogozin met NATO ambassadors on Wednesday."
dmitry-rogozin REPRESENTS RUS "envoy"
	asserted 16-47 from=2008-01 to=2011-12 former=true "Russia’s envoy Dmitry Rogozin"
RUS ACCUSE NATO ~2010-12-09
	asserted 83-118 speaker=dmitry-rogozin agent=dmitry-rogozin mode=disapprove basis=reported model=m confidence=1 "He accused the alliance of secrecy."
	hypothetical 107-140 "of secrecy. NATO may answer soon."
`
	r := goodReading()
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	if diff := cmp.Diff(want, r.String()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestNormalize(t *testing.T) {
	r := goodReading()
	want := goodReading()
	r.Normalize()
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("a second time changes something: -want +got\n%s", diff)
	}
	// Shuffled, split and with doubles, it comes out the same.
	slices.Reverse(r.Entities)
	r.Entities = append(r.Entities, r.Entities[0])
	i := slices.IndexFunc(r.Triples, func(t schema.Triple) bool { return t.Relation == schema.ACCUSE })
	second := r.Triples[i]
	second.Evidence = []schema.Evidence{second.Evidence[1], second.Evidence[0]}
	r.Triples[i].Evidence = r.Triples[i].Evidence[:1]
	slices.Reverse(r.Triples)
	r.Triples = append(r.Triples, second)
	r.Article.SHA256 = ""
	r.Triples[0].ID, r.Triples[0].Evidence[0].ID = "", "wrong"
	r.Normalize()
	if diff := cmp.Diff(want, r); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestEmptyReading(t *testing.T) {
	r := schema.Reading{Article: schema.Article{ID: "empty"}, Extractor: schema.Extractor{Name: "rules"}}
	r.Normalize()
	if err := r.Check(); err != nil {
		t.Error(err)
	}
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"entities":[]`, `"triples":[]`} {
		if !bytes.Contains(line, []byte(want)) {
			t.Errorf("no %s in %s", want, line)
		}
	}
}

// TestCheck breaks every invariant once, each in a reading that is good otherwise, and wants an error that names the thing.
func TestCheck(t *testing.T) {
	consult := func(r *schema.Reading) *schema.Triple { return &r.Triples[0] }
	accuse := func(r *schema.Reading) *schema.Triple { return &r.Triples[2] }
	tie := func(r *schema.Reading) *schema.Triple { return &r.Triples[1] }
	first := func(f func(*schema.Evidence)) func(*schema.Reading) {
		return func(r *schema.Reading) { f(&consult(r).Evidence[0]) }
	}
	for _, c := range []struct {
		want  string
		spoil func(*schema.Reading)
	}{
		{"article without id", func(r *schema.Reading) { r.Article.ID = "" }},
		{"no extractor named", func(r *schema.Reading) { r.Extractor.Name = "" }},
		{`published: date "soon"`, func(r *schema.Reading) { r.Article.Published = "soon" }},
		{`sha256 "abc" is not that of the text`, func(r *schema.Reading) { r.Article.SHA256 = "abc" }},
		{"the text is not UTF-8", func(r *schema.Reading) { r.Article.Text += "\xff"; r.Article.SHA256 = schema.Digest(r.Article.Text) }},
		{"furniture 3-3 overlaps", func(r *schema.Reading) { r.Article.Furniture = []schema.Furniture{{Start: 3, End: 3}} }},
		{"furniture 4-9 overlaps", func(r *schema.Reading) {
			r.Article.Furniture = []schema.Furniture{{Start: 0, End: 5}, {Start: 4, End: 9}}
		}},
		{"furniture 0-999 overlaps another or is not in the text", func(r *schema.Reading) { r.Article.Furniture = []schema.Furniture{{Start: 0, End: 999}} }},
		{`entity id ""`, func(r *schema.Reading) { r.Entities = append(r.Entities, schema.Entity{Kind: schema.State, Name: "x"}) }},
		{`entity id "a b"`, func(r *schema.Reading) {
			r.Entities = append(r.Entities, schema.Entity{ID: "a b", Kind: schema.State, Name: "x"})
		}},
		{`entity X: unknown kind "planet"`, func(r *schema.Reading) {
			r.Entities = append(r.Entities, schema.Entity{ID: "X", Kind: "planet", Name: "x"})
		}},
		{"entity X: no name", func(r *schema.Reading) { r.Entities = append(r.Entities, schema.Entity{ID: "X", Kind: schema.State}) }},
		{"entity RUS is declared twice", func(r *schema.Reading) {
			r.Entities = append(r.Entities, schema.Entity{ID: "RUS", Kind: schema.State, Name: "x"})
		}},
		{`unknown relation "HATE"`, func(r *schema.Reading) { accuse(r).Relation = "HATE" }},
		{"a party is missing", func(r *schema.Reading) { accuse(r).Object = "" }},
		{"subject and object are one party", func(r *schema.Reading) { accuse(r).Object = "RUS" }},
		{"the parties of CONSULT are kept sorted", func(r *schema.Reading) { consult(r).Subject, consult(r).Object = "RUS", "NATO" }},
		{"only a tie has a role", func(r *schema.Reading) { accuse(r).Role = "critic" }},
		{`date "2010-13"`, func(r *schema.Reading) { consult(r).Date = "2010-13" }},
		{`reported: date "2010-13"`, func(r *schema.Reading) { accuse(r).Reported = "2010-13" }},
		{"only one of date, reported and article", func(r *schema.Reading) { accuse(r).Date = "2010" }},
		{"only one of date, reported and article", func(r *schema.Reading) { accuse(r).Article = "wire/17" }},
		{"an act without date needs the day of the report", func(r *schema.Reading) { accuse(r).Reported = "" }},
		{"a tie is one however often it is reported", func(r *schema.Reading) { tie(r).Reported = "2010" }},
		{"it names another article than its own", func(r *schema.Reading) { accuse(r).Reported, accuse(r).Article = "", "wire/18" }},
		{`id "x" is not the hash of its identity`, func(r *schema.Reading) { accuse(r).ID = "x" }},
		{"RUS ACCUSE NATO ~2010-12-09: no evidence", func(r *schema.Reading) { accuse(r).Evidence = nil }},
		{"RUS ACCUSE NATO ~2010-12-09 stands twice", func(r *schema.Reading) { r.Triples = append(r.Triples, *accuse(r)) }},
		{"subject RUS is not declared", func(r *schema.Reading) {
			r.Entities = slices.DeleteFunc(r.Entities, func(e schema.Entity) bool { return e.ID == "RUS" })
		}},
		{"object NATO is not declared", func(r *schema.Reading) {
			r.Entities = slices.DeleteFunc(r.Entities, func(e schema.Entity) bool { return e.ID == "NATO" })
		}},
		{`unknown status "denied"`, first(func(e *schema.Evidence) { e.Status = schema.Denied })},
		{"span -1-82 is not in the text", first(func(e *schema.Evidence) { e.Start = -1 })},
		{"span 82-82 is not in the text", first(func(e *schema.Evidence) { e.Start = e.End })},
		{"span 16-999 is not in the text", first(func(e *schema.Evidence) { e.End = 999 })},
		{"the quote is not what stands at 16-82", first(func(e *schema.Evidence) { e.Quote = strings.ToUpper(e.Quote) })},
		{"the quote is not what stands at 15-82", first(func(e *schema.Evidence) { e.Start-- })},
		{"a quote of 1 bytes for the span 16-82", func(r *schema.Reading) { r.Article.Text = ""; consult(r).Evidence[0].Quote = "x" }},
		{"cuts a character", first(func(e *schema.Evidence) { e.Start += len("Russia") + 1; e.Quote = text[e.Start:e.End] })},
		{"longer than two sentences", first(func(e *schema.Evidence) { e.End = len(text) - 1; e.Quote = text[e.Start:e.End] })},
		{`CONSULT has no mode "drone"`, first(func(e *schema.Evidence) { e.Mode = "drone" })},
		{`unknown basis "hunch"`, first(func(e *schema.Evidence) { e.Basis = "hunch" })},
		{`from "x" to "" is not well formed`, func(r *schema.Reading) { tie(r).Evidence[0].From, tie(r).Evidence[0].To = "x", "" }},
		{`from "" to "x" is not well formed`, func(r *schema.Reading) { tie(r).Evidence[0].From, tie(r).Evidence[0].To = "", "x" }},
		{"only a tie has from, to and former", first(func(e *schema.Evidence) { e.Former = true })},
		{"confidence 1.5 is not in 0 to 1", first(func(e *schema.Evidence) { e.Confidence = 1.5 })},
		{"confidence -0.5 is not in 0 to 1", first(func(e *schema.Evidence) { e.Confidence = -0.5 })},
		{"negative group", first(func(e *schema.Evidence) { e.Group = -1 })},
		{`unknown context "sport"`, first(func(e *schema.Evidence) { e.Contexts = []string{"military", "sport"} })},
		{"is not the hash of its identity", first(func(e *schema.Evidence) { e.ID = "x" })},
		{"stands twice", func(r *schema.Reading) { consult(r).Evidence = append(consult(r).Evidence, consult(r).Evidence[0]) }},
		{"speaker nobody is not declared", first(func(e *schema.Evidence) { e.Speaker = "nobody" })},
		{"agent nobody is not declared", first(func(e *schema.Evidence) { e.Agent = "nobody" })},
		{"object agent nobody is not declared", first(func(e *schema.Evidence) { e.ObjectAgent = "nobody" })},
		{"initiator nobody is not declared", first(func(e *schema.Evidence) { e.Initiator = "nobody" })},
		{"mediator nobody is not declared", first(func(e *schema.Evidence) { e.Mediators = []string{"CHE", "nobody"} })},
		{"place nobody is not declared", first(func(e *schema.Evidence) { e.Place = "nobody" })},
	} {
		t.Run(c.want, func(t *testing.T) {
			r := goodReading()
			c.spoil(&r)
			err := r.Check()
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("got %v, want an error with %q", err, c.want)
			}
			if !strings.Contains(err.Error(), "reading of ") || !strings.Contains(err.Error(), " by ") {
				t.Errorf("the error does not name the reading: %v", err)
			}
		})
	}
}

// TestCheckTellsAll: one error for each thing that is broken, not only the first.
func TestCheckTellsAll(t *testing.T) {
	r := goodReading()
	r.Triples[0].Evidence[0].Group = -1
	r.Triples[2].Evidence[0].Basis = "hunch"
	r.Article.Published = "soon"
	err := r.Check()
	for _, want := range []string{"negative group", "hunch", "soon"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

// TestCheckWithoutText: where the text was left out, its digest is kept and quotes are not compared.
func TestCheckWithoutText(t *testing.T) {
	r := goodReading()
	r.Article.Text = ""
	if err := r.Check(); err != nil {
		t.Error(err)
	}
}

// TestTwoSentences: what counts as the end of a sentence inside a quote.
func TestTwoSentences(t *testing.T) {
	for quote, ok := range map[string]bool{
		"They talked. He left.":                                     true,
		"They talked again. Then others came. Then nobody.":         false,
		"He met Gen. Smith and Lt. Col. Jones of the U.S. Army. No": true,
		"“We talked.” “They listened.” “All agreed.”":               false,
		"He asked where? Nobody knew! Everyone went home.":          false,
		"Prices rose 3.5 percent. Then 2.1 percent. then 1.":        true,
	} {
		r := goodReading()
		r.Article.Text, r.Article.Furniture = quote, nil
		r.Article.SHA256 = schema.Digest(quote)
		r.Triples = r.Triples[:1]
		r.Triples[0].Evidence[0].Start, r.Triples[0].Evidence[0].End, r.Triples[0].Evidence[0].Quote = 0, len(quote), quote
		r.Normalize()
		if err := r.Check(); (err == nil) != ok {
			t.Errorf("%q: %v", quote, err)
		}
	}
}

func TestReadingJSON(t *testing.T) {
	r := goodReading()
	line, err := json.Marshal(r)
	if err != nil {
		t.Fatal(err)
	}
	got, err := schema.ParseReading(line)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(r, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	golden := filepath.Join("testdata", "readings.jsonl")
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	first, rest, _ := bytes.Cut(data, []byte("\n"))
	if *update {
		first = line
		if err := os.WriteFile(golden, slices.Concat(line, []byte("\n"), rest), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(string(first), string(line)); diff != "" {
		t.Errorf("the form of a reading has changed: -%s +got\n%s", golden, diff)
	}
}

// TestReadings: the example readings are read, and written back byte for byte.
func TestReadings(t *testing.T) {
	for i, line := range exampleReadings(t) {
		r, err := schema.ParseReading(line)
		if err != nil {
			t.Errorf("line %d: %v", i+1, err)
			continue
		}
		again, err := json.Marshal(r)
		if err != nil || !bytes.Equal(line, again) {
			t.Errorf("line %d is written back as %s, %v", i+1, again, err)
		}
	}
}

func exampleReadings(t testing.TB) [][]byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "readings.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	lines := bytes.Split(bytes.TrimSuffix(data, []byte("\n")), []byte("\n"))
	if len(lines) < 3 {
		t.Fatalf("%d example readings", len(lines))
	}
	return lines
}

func TestParseReadingErrors(t *testing.T) {
	line, err := json.Marshal(goodReading())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, want string }{
		{"", "not a reading"},
		{"null", "article without id"},
		{"[]", "not a reading"},
		{"{}", "article without id"},
		{string(line) + "{}", "something stands behind"},
		{string(line) + " x", "something stands behind"},
		{string(line[:len(line)-1]), "not a reading"},
		{strings.Replace(string(line), `"status"`, `"polarity"`, 1), `unknown field "polarity"`},
		{strings.Replace(string(line), `"start":16`, `"start":"16"`, 1), "not a reading"},
		{strings.Replace(string(line), `"start":16`, `"start":17`, 1), "the quote is not what stands"},
	} {
		if _, err := schema.ParseReading([]byte(c.line)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%.80q: got %v, want an error with %q", c.line, err, c.want)
		}
	}
	if _, err := schema.ParseReading(append(line, " \r\n"...)); err != nil {
		t.Errorf("white space behind the object: %v", err)
	}
}

func FuzzParseReading(f *testing.F) {
	for _, line := range exampleReadings(f) {
		f.Add(line)
	}
	f.Add([]byte(`{"article":{"id":"a","text":"\ud800"},"extractor":{"name":"x"}}`))
	f.Add([]byte(`{"article":{"id":"a"},"entities":[],"triples":null,"extractor":{"name":"x"}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		r, err := schema.ParseReading(line)
		if err != nil {
			return
		}
		_ = r.String()
		written, err := json.Marshal(r)
		if err != nil {
			t.Fatalf("it is read, but cannot be written: %v", err)
		}
		again, err := schema.ParseReading(written)
		if err != nil {
			t.Fatalf("%s is not read back: %v", written, err)
		}
		if diff := cmp.Diff(r, again, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("-first +again\n%s", diff)
		}
		r.Normalize()
		if err := r.Check(); err != nil {
			t.Errorf("a good reading is bad once normalized: %v", err)
		}
	})
}
