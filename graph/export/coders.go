package export

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/graph"
	"entente/schema"
)

// codedRow is an act as other coders have it, on one day.
type codedRow struct {
	tripleRow
	coded
	day time.Time
}

// codedRows calls f for every selected act that event data sets would hold: one that happened, is disputed or planned (there an AGREE, see
// schema/plover.tsv), on one day. What is left out is counted.
func (e *export) codedRows(f func(codedRow) error) error {
	for t, err := range e.triples() {
		if err != nil {
			return err
		}
		c, ok := codeOf(t)
		if !ok {
			e.leave("ties, not events", 1)
			continue
		}
		if t.Status == schema.Denied || t.Status == schema.Hypothetical {
			e.leave("denied or hypothetical", 1)
			continue
		}
		day, ok := e.day(t.When())
		if !ok {
			continue
		}
		e.result.Rows++
		if err := f(codedRow{tripleRow{t, e}, c, day}); err != nil {
			return err
		}
	}
	return nil
}

// day is the day on which event data would have an act: that of its date, the first of a range of days.
func (e *export) day(when schema.Date) (time.Time, bool) {
	if when == "" {
		e.leave("no date", 1)
		return time.Time{}, false
	}
	day, ok := graph.ByDay.Of(when)
	if !ok && !e.FirstDay {
		e.leave("date less exact than a day", 1)
		return time.Time{}, false
	}
	return day, true
}

// number is a whole number of at most 52 bits, which every program keeps exactly, made of the id.
func (r codedRow) number() string {
	n, err := strconv.ParseUint(r.ID[:min(13, len(r.ID))], 16, 64)
	if err != nil {
		return "0"
	}
	return strconv.FormatUint(n, 10)
}

func (r codedRow) best() graph.Evidence { return best(r.Triple) }

// placeOf is where it happened, the first place where there are several.
func (r codedRow) placeOf() schema.Entity {
	if len(r.Places) == 0 {
		return schema.Entity{}
	}
	return r.entities[r.Places[0]]
}

// city is the name of the place that is none of a state, placeState that of the state it is in or is.
func (r codedRow) city() string {
	if p := r.placeOf(); p.Kind != schema.State {
		return p.Name
	}
	return ""
}

func (r codedRow) placeState() string {
	if p := r.placeOf(); p.ID != "" {
		return r.country(p.ID).Name
	}
	return ""
}

func empty[T any](name, means string) column[T] {
	return textColumn(name, "empty: "+means, func(T) string { return "" })
}

func icewsColumns() []column[codedRow] {
	const coordinates = "places have no coordinates here"
	side := func(which string, id func(codedRow) string) []column[codedRow] {
		return []column[codedRow]{
			textColumn(which+" Name", "name of the party, not of the person who acted for it", func(r codedRow) string { return r.name(id(r)) }),
			empty[codedRow](which+" Sectors", "sectors are not coded"),
			textColumn(which+" Country", "name of the state it is or belongs to", func(r codedRow) string { return r.country(id(r)).Name }),
		}
	}
	return slices.Concat([]column[codedRow]{
		textColumn("Event ID", "whole number of at most 52 bits made of the triple's id", codedRow.number),
		textColumn("Event Date", "YYYY-MM-DD; of a report that gives no date its own day", func(r codedRow) string { return r.day.Format(time.DateOnly) }),
	}, side("Source", func(r codedRow) string { return r.Subject }), []column[codedRow]{
		textColumn("Event Text", "what the CAMEO code means", func(r codedRow) string { return r.cameo.label }),
		textColumn("CAMEO Code", "of PLOVER type and mode, by graph/export/cameo.tsv; text: it may begin with 0", func(r codedRow) string { return r.cameo.code }),
		textColumn("Intensity", "of the code, on CAMEO's scale of Goldstein values, -10 to 10", func(r codedRow) string { return shown(r.cameo.intensity) }),
	}, side("Target", func(r codedRow) string { return r.Object }), []column[codedRow]{
		textColumn("Story ID", "id of the article of the most telling evidence", func(r codedRow) string { return r.best().Article }),
		empty[codedRow]("Sentence Number", "sentences are known by their bytes: see the table of evidences"),
		textColumn("Publisher", "source of that article", func(r codedRow) string { return r.best().Source }),
		textColumn("City", "place of the act where an article names one that is no state", codedRow.city),
		empty[codedRow]("District", "places have no districts here"),
		empty[codedRow]("Province", "places have no provinces here"),
		textColumn("Country", "state in which that place is", codedRow.placeState),
		empty[codedRow]("Latitude", coordinates),
		empty[codedRow]("Longitude", coordinates),
	})
}

// none is what POLECAT writes for what is not known.
func none(s string) string {
	if s == "" {
		return "None"
	}
	return s
}

func noneColumn(name, means string) column[codedRow] {
	return textColumn(name, "None: "+means, func(codedRow) string { return "None" })
}

func polecatColumns() []column[codedRow] {
	side := func(which string, id func(codedRow) string, agent func(graph.Evidence) string) []column[codedRow] {
		return []column[codedRow]{
			textColumn(which+" Name", "the person who acted for the party where one is known, else the party", func(r codedRow) string {
				if a := agent(r.best()); a != "" {
					return r.name(a)
				}
				return r.name(id(r))
			}),
			textColumn(which+" Country", "name of the state that the party is or belongs to", func(r codedRow) string { return none(r.country(id(r)).Name) }),
			textColumn(which+" COW", "Correlates of War number of that state", func(r codedRow) string { return none(r.country(id(r)).Codes["cow"]) }),
			noneColumn("Primary "+which+" Sector", "sectors are not coded"),
			noneColumn(which+" Sectors", "the same"),
			noneColumn(which+" Title", "see the ties"),
			textColumn(which+" Name Raw", "name of the party", func(r codedRow) string { return r.name(id(r)) }),
			textColumn("Wikipedia "+which+" ID", "Wikidata id of the party, where it has one", func(r codedRow) string { return none(r.code(id(r), "wikidata")) }),
		}
	}
	list := func(kinds ...schema.Kind) func(codedRow) string {
		return func(r codedRow) string {
			var out []string
			ev := r.best()
			for _, id := range slices.Concat([]string{r.Subject, r.Object, ev.Agent, ev.ObjectAgent, ev.Speaker}, ev.Mediators, r.Places) {
				if x := r.entities[id]; slices.Contains(kinds, x.Kind) && !slices.Contains(out, x.Name) {
					out = append(out, x.Name)
				}
			}
			return none(strings.Join(out, ";"))
		}
	}
	return slices.Concat([]column[codedRow]{
		textColumn("Event ID", "id of the triple", func(r codedRow) string { return r.ID }),
		textColumn("Event Date", "YYYY-MM-DD; of a report that gives no date its own day", func(r codedRow) string { return r.day.Format(time.DateOnly) }),
		textColumn("Event Type", "PLOVER 2.0: a planned act of cooperation is an AGREE", func(r codedRow) string { return string(r.relation) }),
		textColumn("Event Mode", "PLOVER 2.0, where one is known", func(r codedRow) string { return none(r.mode) }),
		textColumn("Intensity", "PLOVER 2.0 score of type and mode, -10 to 10", func(r codedRow) string { return shown(r.score) }),
		textColumn("Quad Code", "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict", func(r codedRow) string { return strconv.Itoa(r.quad) }),
		textColumn("Contexts", "PLOVER contexts, joined by ;", func(r codedRow) string { return none(strings.Join(r.Contexts, ";")) }),
	}, side("Actor", func(r codedRow) string { return r.Subject }, func(e graph.Evidence) string { return e.Agent }),
		side("Recipient", func(r codedRow) string { return r.Object }, func(e graph.Evidence) string { return e.ObjectAgent }),
		[]column[codedRow]{
			textColumn("Placename", "place of the act where an article names one", func(r codedRow) string { return none(r.placeOf().Name) }),
			textColumn("City", "the same where it is no state", func(r codedRow) string { return none(r.city()) }),
			noneColumn("District", "places have no districts here"),
			noneColumn("Province", "places have no provinces here"),
			textColumn("Country", "state in which the place is", func(r codedRow) string { return none(r.placeState()) }),
			noneColumn("Latitude", "places have no coordinates here"),
			noneColumn("Longitude", "the same"),
			noneColumn("GeoNames ID", "the same"),
			textColumn("Raw Placename", "as Placename", func(r codedRow) string { return none(r.placeOf().Name) }),
			noneColumn("Feature Type", "the same"),
			textColumn("Source", "of the article of the most telling evidence", func(r codedRow) string { return none(r.best().Source) }),
			textColumn("Publication Date", "of that article", func(r codedRow) string { return none(string(r.best().Published)) }),
			textColumn("Story People", "names of the persons that the act names, joined by ;", list(schema.Person)),
			textColumn("Story Organizations", "of the organisations and groups", list(schema.Organization, schema.Group)),
			textColumn("Story Locations", "of the states and places", list(schema.State, schema.Place)),
			textColumn("Language", "always en: what is read is English", func(codedRow) string { return "en" }),
			textColumn("Version", "name and the extractor of the evidence", func(r codedRow) string { return "entente " + r.best().Extractor }),
		})
}

// gdeltActor are the ten columns of an actor, n is 1 or 2.
func gdeltActor(n string, id func(codedRow) string) []column[codedRow] {
	cols := []column[codedRow]{
		textColumn("Actor"+n+"Code", "ISO 3166-1 alpha-3 of a state, else our id of the party", func(r codedRow) string {
			return cmp.Or(r.code(id(r), "iso3"), strings.ToUpper(id(r)))
		}),
		textColumn("Actor"+n+"Name", "name of the party, in capitals", func(r codedRow) string { return strings.ToUpper(r.name(id(r))) }),
		textColumn("Actor"+n+"CountryCode", "ISO 3166-1 alpha-3 of the state that it is or belongs to", func(r codedRow) string { return r.country(id(r)).Codes["iso3"] }),
	}
	for _, rest := range []string{"KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"} {
		cols = append(cols, empty[codedRow]("Actor"+n+rest, "not coded"))
	}
	return cols
}

// gdeltGeo are the eight columns of a place; name may be nil.
func gdeltGeo(which string, name func(codedRow) string) []column[codedRow] {
	var cols []column[codedRow]
	for _, f := range []string{"Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"} {
		if f == "FullName" && name != nil {
			cols = append(cols, textColumn(which+"Geo_FullName", "place of the act, where an article names one", name))
			continue
		}
		cols = append(cols, empty[codedRow](which+"Geo_"+f, "places have no coordinates here"))
	}
	return cols
}

func gdeltColumns() []column[codedRow] {
	return slices.Concat([]column[codedRow]{
		textColumn("GLOBALEVENTID", "whole number of at most 52 bits made of the triple's id", codedRow.number),
		textColumn("SQLDATE", "YYYYMMDD", func(r codedRow) string { return r.day.Format("20060102") }),
		textColumn("MonthYear", "YYYYMM", func(r codedRow) string { return r.day.Format("200601") }),
		textColumn("Year", "YYYY", func(r codedRow) string { return r.day.Format("2006") }),
		textColumn("FractionDate", "YYYY.FFFF: year, and how much of it is over: (month * 30 + day) / 365", func(r codedRow) string {
			return fmt.Sprintf("%.4f", float64(r.day.Year())+min(0.9999, float64(int(r.day.Month()-1)*30+r.day.Day())/365))
		}),
	}, gdeltActor("1", func(r codedRow) string { return r.Subject }), gdeltActor("2", func(r codedRow) string { return r.Object }), []column[codedRow]{
		textColumn("IsRootEvent", "1 where the most telling evidence begins in the first 600 bytes of its article, else 0", func(r codedRow) string {
			if r.best().Start < 600 {
				return "1"
			}
			return "0"
		}),
		textColumn("EventCode", "CAMEO code of PLOVER type and mode, by graph/export/cameo.tsv", func(r codedRow) string { return r.cameo.code }),
		textColumn("EventBaseCode", "its first three digits", func(r codedRow) string { return r.cameo.base() }),
		textColumn("EventRootCode", "its first two", func(r codedRow) string { return r.cameo.root() }),
		textColumn("QuadClass", "class of that root: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; for requests another than PLOVER's", func(r codedRow) string { return strconv.Itoa(r.cameo.quad()) }),
		textColumn("GoldsteinScale", "intensity of the code, -10 to 10", func(r codedRow) string { return shown(r.cameo.intensity) }),
		textColumn("NumMentions", "pieces of evidence", func(r codedRow) string { return strconv.Itoa(len(r.Evidences)) }),
		textColumn("NumSources", "articles, near-copies counted once", func(r codedRow) string { return strconv.Itoa(r.Sources) }),
		textColumn("NumArticles", "articles", func(r codedRow) string { return strconv.Itoa(articles(r.Triple)) }),
		empty[codedRow]("AvgTone", "tone is not measured"),
	}, gdeltGeo("Actor1", nil), gdeltGeo("Actor2", nil), gdeltGeo("Action", func(r codedRow) string { return r.placeOf().Name }), []column[codedRow]{
		textColumn("DATEADDED", "day of the first report, YYYYMMDDHHMMSS at midnight; that of the act where no article has one", func(r codedRow) string {
			for _, ev := range r.Evidences {
				if ev.Published != "" {
					return ev.Published.First().Format("20060102") + "000000"
				}
			}
			return r.day.Format("20060102") + "000000"
		}),
		textColumn("SOURCEURL", "address of the article of the most telling evidence, its id where it has none", func(r codedRow) string {
			if u := r.best().URL; u != "" {
				return u
			}
			return r.best().Article
		}),
	})
}

// articles counts the articles that speak of a triple.
func articles(t graph.Triple) int {
	seen := map[string]bool{}
	for _, ev := range t.Evidences {
		seen[ev.Article] = true
	}
	return len(seen)
}

func writeCoded(e *export, cols []column[codedRow], header bool) error {
	w := newTSV(e.w)
	if header {
		if err := w.write(headOf(cols)); err != nil {
			return err
		}
	}
	if err := e.codedRows(func(r codedRow) error { return w.write(cells(cols, r)) }); err != nil {
		return err
	}
	return w.w.Flush()
}

func writeICEWS(e *export) error   { return writeCoded(e, icewsColumns(), true) }
func writePolecat(e *export) error { return writeCoded(e, polecatColumns(), true) }
func writeGDELT(e *export) error   { return writeCoded(e, gdeltColumns(), false) }
