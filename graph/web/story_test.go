package web_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/memory"
	"entente/graph/sqlite"
	"entente/graph/web"
	"entente/schema"
)

// told is one sentence of an article with what is read in it.
type told struct {
	sentence string
	triple   string // as schema.ParseTriple reads it
	status   schema.Status
	speaker  string
	agent    string
	place    string
}

// reading makes a reading of an article whose text is its sentences.
func reading(tb testing.TB, a schema.Article, entities []schema.Entity, all ...told) schema.Reading {
	tb.Helper()
	r := schema.Reading{Article: a, Extractor: schema.Extractor{Name: "hand", Version: "1"}}
	named := map[string]bool{}
	for i, s := range all {
		start := len(r.Article.Text)
		r.Article.Text += s.sentence
		end := len(r.Article.Text)
		r.Article.Text += "\n"
		t, err := schema.ParseTriple(s.triple)
		if err != nil {
			tb.Fatal(err)
		}
		t.Evidence = []schema.Evidence{{Start: start, End: end, Quote: s.sentence, Status: cmp.Or(s.status, schema.Asserted), Speaker: s.speaker, Agent: s.agent, Place: s.place,
			Basis: schema.Explicit, Group: i + 1, Rule: "by hand", Confidence: 0.8}}
		r.Triples = append(r.Triples, t)
		for _, id := range []string{t.Subject, t.Object, s.speaker, s.agent, s.place} {
			named[id] = id != ""
		}
	}
	for _, e := range entities {
		if named[e.ID] {
			r.Entities = append(r.Entities, e)
		}
	}
	r.Normalize()
	return r
}

var people = []schema.Entity{
	{ID: "RUS", Kind: schema.State, Name: "Russia", Aliases: []string{"Russian Federation", "Moscow"}, Codes: map[string]string{"iso3": "RUS"}},
	{ID: "SUN", Kind: schema.State, Name: "Soviet Union"},
	{ID: "FRA", Kind: schema.State, Name: "France"},
	{ID: "DEU", Kind: schema.State, Name: "Germany"},
	{ID: "NATO", Kind: schema.Organization, Name: "NATO", Aliases: []string{"North Atlantic alliance"}},
	{ID: "anna-orlova", Kind: schema.Person, Name: "Anna Orlova"},
	{ID: "CHE/geneva", Kind: schema.Place, Name: "Geneva", State: "CHE"},
	{ID: "IRN", Kind: schema.State, Name: "<script>alert('name')</script>"},
	{ID: "ISR", Kind: schema.State, Name: "\u202Eevil\u202C name"},
	{ID: "..", Kind: schema.Group, Name: "Two dots"},
	{ID: "SAU", Kind: schema.State, Name: "المملكة العربية السعودية"},
}

// story is a small store: four plain articles and some hostile ones.
func story(tb testing.TB) []schema.Reading {
	tb.Helper()
	article := func(id, published, source, title string) schema.Article {
		return schema.Article{ID: id, Published: schema.Date(published), Source: source, Title: title, URL: "https://news.example/" + id}
	}
	evil := article(`x"><script>alert('id')</script>`, "2012-05-01", "<b>Wire</b>", "<script>alert('title')</script>")
	evil.URL = "javascript:alert('url')"
	return []schema.Reading{
		reading(tb, article("wire/1", "2010-12-09", "Wire", "Alliance and Moscow agree"), people,
			told{sentence: "NATO and Russia agreed on Wednesday to train pilots, Anna Orlova said.", triple: "NATO AGREE RUS 2010-12-08", agent: "anna-orlova", speaker: "anna-orlova", place: "CHE/geneva"},
			told{sentence: "Moscow accused NATO of delay.", triple: "RUS ACCUSE NATO ~2010-12-09"},
			told{sentence: "Anna Orlova, the Russian ambassador to NATO, spoke in Geneva.", triple: `anna-orlova REPRESENTS RUS "ambassador to NATO"`}),
		reading(tb, article("wire/2", "2010-12-10", "Courier", "Alliance denies an accord"), people,
			told{sentence: "NATO and Russia did not agree on Wednesday, the Courier has learnt.", triple: "NATO AGREE RUS 2010-12-08", status: schema.Negated},
			told{sentence: "Russia will visit NATO in 2011.", triple: "RUS CONSULT NATO 2011", status: schema.Future}),
		reading(tb, article("wire/3", "2012-03-02", "Wire", "Paris and Berlin meet"), people,
			told{sentence: "France met Germany in March 2012.", triple: "DEU CONSULT FRA 2012-03"},
			told{sentence: "France bombed no one, but sanctioned Russia on 1 March.", triple: "FRA SANCTION RUS 2012-03-01"}),
		reading(tb, article("span/1", "2000-01-20", "Wire", "Spans"), people,
			told{sentence: "They talked over the turn of the year.", triple: "DEU CONSULT RUS 1999-12-20/2000-01-10"},
			told{sentence: "They traded for two years.", triple: "DEU COOPERATE RUS 1999/2000"},
			told{sentence: "They talked for a season.", triple: "DEU CONSULT RUS 1999-10-01/2000-01-10"}),
		reading(tb, article("old/1", "1985-01-02", "Archive", "The old days"), people,
			told{sentence: "The Soviet Union threatened NATO on New Year's Day.", triple: "SUN THREATEN NATO 1985-01-01"}),
		reading(tb, evil, people,
			told{sentence: "<script>alert('text')</script> said Russia & \u202Efilm.exe accused.", triple: "RUS ACCUSE IRN 2012-04-30"},
			told{sentence: "Two dots \x01 met \u2067them\u2069.", triple: ".. CONSULT ISR 2012-04-29"},
			told{sentence: "التقت السعودية روسيا.", triple: "RUS CONSULT SAU 2012-04-28"}),
	}
}

// stores are the stores that the pages are tried on: one that is a graph.Browser, and one that is not.
func stores(tb testing.TB, readings ...schema.Reading) map[string]graph.Store {
	tb.Helper()
	file, err := sqlite.Open(tb.Context(), filepath.Join(tb.TempDir(), "a.db"), sqlite.Options{})
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { file.Close() })
	all := map[string]graph.Store{"memory": memory.New(), "sqlite": file}
	for _, s := range all {
		if _, err := s.Upsert(tb.Context(), readings...); err != nil {
			tb.Fatal(err)
		}
	}
	return all
}

// open makes the site of a store.
func open(tb testing.TB, store graph.Store, o web.Options) *web.Site {
	tb.Helper()
	if o.Fresh == 0 {
		o.Fresh = time.Nanosecond
	}
	s, err := web.New(tb.Context(), store, o)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { s.Close() })
	return s
}

// predecessors is what Options.Also is in tests.
func predecessors(id string) []string {
	if id == "RUS" {
		return []string{"RUS", "SUN"}
	}
	return []string{id}
}

// desk is the site of the story in a memory store.
func desk(tb testing.TB) *web.Site {
	return open(tb, stores(tb, story(tb)...)["sqlite"], web.Options{Also: predecessors})
}

// get asks for an address as a browser of this machine would; edit may change the request.
func get(tb testing.TB, s http.Handler, address string, edit ...func(*http.Request)) *httptest.ResponseRecorder {
	tb.Helper()
	r := httptest.NewRequest(http.MethodGet, address, nil)
	r.Host = "127.0.0.1:8080"
	for _, e := range edit {
		e(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r.WithContext(tb.Context()))
	return w
}

// has fails where the body lacks one of the texts; a text that begins with "!" must not be there.
func has(tb testing.TB, w *httptest.ResponseRecorder, code int, texts ...string) {
	tb.Helper()
	body := strings.ReplaceAll(w.Body.String(), "&#43;", "+")
	if w.Code != code {
		tb.Errorf("answered %d, want %d: %s", w.Code, code, body[:min(len(body), 600)])
	}
	for _, t := range texts {
		if not, ok := strings.CutPrefix(t, "!"); ok == strings.Contains(body, not) {
			tb.Errorf("want %q in\n%s", t, body)
		}
	}
}

// idOf is the id of a triple as schema.ParseTriple reads it.
func idOf(tb testing.TB, text string) string {
	tb.Helper()
	t, err := schema.ParseTriple(text)
	if err != nil {
		tb.Fatal(err)
	}
	return t.ID
}

// addresses are those of every view, each with what it must and must not show.
func addresses(tb testing.TB) map[string][]string {
	agree := idOf(tb, "NATO AGREE RUS 2010-12-08")
	return map[string][]string{
		"/":                                     {"Most active pairs", `href="/pair/NATO/RUS"`, "Pairs by year"},
		"/pairs":                                {`href="/pair/DEU/FRA"`},
		"/pairs?year=2012":                      {`href="/pair/DEU/FRA"`, `!href="/pair/NATO/RUS"`},
		"/entities":                             {"Geneva", `href="/entity/RUS"`},
		"/entities?kind=person":                 {"Anna Orlova", "!Geneva"},
		"/entity/RUS":                           {"Russian Federation", "Who speaks for it", "Anna Orlova", "ambassador to NATO", "With whom it deals", "Soviet Union"},
		"/entity/RUS?strict=1":                  {"!on New Year"},
		"/entity/anna-orlova":                   {"Offices", "ambassador to NATO"},
		"/entity/CHE%2Fgeneva":                  {"Geneva", "CHE/geneva"},
		"/entity?id=..":                         {"Two dots"},
		"/pair/NATO/RUS":                        {"NATO", "agree", "disputed", "1985", "threatens", "Moscow accused NATO of delay."},
		"/pair/NATO/RUS?strict=1":               {"!on New Year", `name="strict" value="1" checked`},
		"/pair/NATO/RUS?year=2010":              {"agree", "!on New Year", `aria-current="true"`},
		"/pair/NATO/RUS?relation=ACCUSE":        {"Moscow accused", "!did not agree"},
		"/pair/NATO/RUS?status=planned":         {"Russia will visit NATO", "!Moscow accused"},
		"/pair/NATO/RUS?order=oldest":           {"newest first", `name="strict" value="1">`},
		"/pair/NATO/RUS?by=RUS":                 {"Moscow accused", "on New Year", "!train pilots</", `<option value="RUS" selected>`},
		"/pair/NATO/RUS?by=RUS&strict=1":        {"Moscow accused", "!on New Year"},
		"/pair/NATO/RUS?by=NATO&relation=AGREE": {"No lines"},
		"/entity/RUS?by=RUS":                    {"Moscow accused", "!sanctioned Russia</"},
		"/pair?a=..&b=ISR":                      {"Two dots"},
		"/event/" + agree:                       {"disputed", "disagree", "whether it is so", "did not agree on Wednesday", "Courier", "through"},
		"/article?id=wire%2F1":                  {"Alliance and Moscow agree", `<a class="party" href="/entity/RUS" title="Russia">Moscow</a>`, `href="/event/` + agree + `"`, "<mark"},
		"/search?q=alliance":                    {"North Atlantic alliance", "Alliance denies an accord"},
		"/search?q=pilots":                      {"to train pilots"},
		"/search?q=zzzz":                        {"Nothing has all of these words."},
		"/search":                               {"Names, quotes, titles"},
		"/network":                              {"Network", `href="/pair/NATO/RUS"`},
		"/network?from=2011&to=2012&top=10":     {`href="/pair/DEU/FRA"`, `!<td data-label="Pair"><a href="/pair/NATO/RUS"`},
		"/vocabulary":                           {"ACCUSE", "criticises", "disputed"},
	}
}

func TestPages(t *testing.T) {
	for name, store := range stores(t, story(t)...) {
		site := open(t, store, web.Options{Also: predecessors})
		for address, texts := range addresses(t) {
			t.Run(name+address, func(t *testing.T) { has(t, get(t, site, address), http.StatusOK, texts...) })
		}
	}
}

// TestSame holds both kinds of store to the same pages.
func TestSame(t *testing.T) {
	all := stores(t, story(t)...)
	a, b := open(t, all["memory"], web.Options{}), open(t, all["sqlite"], web.Options{})
	for address := range addresses(t) {
		x, y := get(t, a, address), get(t, b, address)
		if x.Code != y.Code || x.Body.String() != y.Body.String() {
			t.Errorf("%s: the stores differ:\n%s\n%s", address, x.Body, y.Body)
		}
	}
}

func TestNotFound(t *testing.T) {
	s := desk(t)
	for address, want := range map[string]string{
		"/nope":            "no page",
		"/entity/atlantis": "no party",
		"/event/0000":      "no event",
		"/entity/" + strings.Repeat("russia", 1000): "so long a name",
		"/event":                "no event",
		"/article?id=none":      "no article",
		"/article":              "no article",
		"/cypher":               "cannot be asked in Cypher",
		"/assets/desk.go":       "no page",
		"/assets/..%2Fdesk.css": "no page",
		"/pair/RUS/atlantis":    "no party",
	} {
		has(t, get(t, s, address), http.StatusNotFound, want, "<h1>Not Found</h1>")
	}
	for address, want := range map[string]string{
		"/pair/NATO/RUS?from=x":                 "want a year",
		"/pair/NATO/RUS?from=2012&to=2010":      "before it begins",
		"/pair/NATO/RUS?status=odd":             "no status",
		"/pair/NATO/RUS?relation=odd":           "no kind of act",
		"/pair/NATO/RUS?min=2":                  "from 0 to 1",
		"/pair/NATO/RUS?min=NaN":                "from 0 to 1",
		"/pair/NATO/RUS?page=0":                 "from 1",
		"/pair/NATO/RUS?format=exe":             "no format",
		"/pair/RUS/RUS":                         "two parties",
		"/network?top=1000000":                  "from 1 to 100",
		"/entities?kind=odd":                    "no kind",
		"/article?id=wire%2F1&at=-1":            "number of bytes",
		"/search?q=" + strings.Repeat("a", 300): "letters",
		"/?a=%zz":                               "cannot be read",
	} {
		has(t, get(t, s, address), http.StatusBadRequest, want)
	}
}

// TestNames leads from other names of a party to its address, with the filter kept.
func TestNames(t *testing.T) {
	s := desk(t)
	for address, want := range map[string]string{
		"/entity/russia":              "/entity/RUS",
		"/pair/nato/moscow?year=2010": "/pair/NATO/RUS?year=2010",
		"/entity?id=Two+dots":         "/entity?id=..",
		"/pair?a=two+dots&b=NATO":     "/pair?a=..&b=NATO",
	} {
		w := get(t, s, address)
		if got := w.Header().Get("Location"); w.Code != http.StatusFound || got != want {
			t.Errorf("%s: %d %s, want %s", address, w.Code, got, want)
		}
	}
	has(t, get(t, s, "/entity/russi"), http.StatusFound)
	has(t, get(t, s, "/entity/frence"), http.StatusNotFound, `href="/entity/FRA"`)
}

// TestFresh sees what is written while the site is open, and only then makes pages anew.
func TestFresh(t *testing.T) {
	for name, store := range stores(t, story(t)...) {
		t.Run(name, func(t *testing.T) {
			s := open(t, store, web.Options{})
			before := get(t, s, "/pair/FRA/RUS")
			again := get(t, s, "/pair/FRA/RUS", func(r *http.Request) { r.Header.Set("If-None-Match", before.Header().Get("ETag")) })
			has(t, again, http.StatusNotModified)
			more := reading(t, schema.Article{ID: "late", Published: "2013-01-01"}, people, told{sentence: "France praised Russia.", triple: "FRA SUPPORT RUS 2013-01-01"})
			if _, err := store.Upsert(t.Context(), more); err != nil {
				t.Fatal(err)
			}
			has(t, get(t, s, "/pair/FRA/RUS"), http.StatusOK, "France praised Russia.")
			if _, err := store.Forget(t.Context(), "late"); err != nil {
				t.Fatal(err)
			}
			has(t, get(t, s, "/pair/FRA/RUS"), http.StatusOK, "!France praised Russia.")
		})
	}
}

func summaries(ts []graph.Triple) string {
	var b strings.Builder
	for _, t := range ts {
		b.WriteString(t.Summary() + "\n")
		for _, e := range t.Evidences {
			b.WriteString("  " + e.String() + "\n")
		}
	}
	return b.String()
}
