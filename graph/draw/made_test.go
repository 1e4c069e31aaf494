package draw_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/draw"
	"entente/schema"
)

// names of the made parties.
func names() draw.Names {
	return draw.Names{"RUS": "Russia", "NATO": "NATO", "USA": "United States", "IRN": "Iran"}
}

// made is a derived triple with one evidence.
func made(t testing.TB, triple string, status schema.Status, sources int) graph.Triple {
	t.Helper()
	tr, err := schema.ParseTriple(triple)
	if err != nil {
		t.Fatal(err)
	}
	g := graph.Triple{Triple: tr, Status: status, Score: tr.Relation.Info().Score, Sources: sources, Confidence: 0.8}
	g.Evidences = []graph.Evidence{{Evidence: schema.Evidence{Quote: "The envoys spoke of <transit> & trade", Status: schema.Asserted}, Article: "wire/1", Source: "Wire", Published: "2010-12-09"}}
	return g
}

// moments groups triples as graph.Timeline does.
func moments(triples []graph.Triple) []graph.Moment {
	slices.SortStableFunc(triples, graph.Compare)
	var out []graph.Moment
	for _, t := range triples {
		undated := t.Date == "" && !t.Relation.Info().Tie
		if n := len(out); n > 0 && out[n-1].When == t.When() && out[n-1].Undated == undated {
			out[n-1].Triples = append(out[n-1].Triples, t)
			continue
		}
		out = append(out, graph.Moment{When: t.When(), Undated: undated, Triples: []graph.Triple{t}})
	}
	return out
}

// many are n events over a span of days, the same ones for the same numbers: of all types and statuses, some dates inexact.
func many(t testing.TB, n int, first time.Time, days int) []graph.Triple {
	t.Helper()
	random := rand.New(rand.NewPCG(7, uint64(n)))
	types := schema.Relations()[:16]
	statuses := schema.TripleStatuses()
	var out []graph.Triple
	for range n {
		at := first.AddDate(0, 0, random.IntN(days))
		when := at.Format(time.DateOnly)
		switch random.IntN(12) {
		case 0:
			when = at.Format("2006-01")
		case 1:
			when = "~" + when
		case 2:
			when = string(schema.Between(schema.Day(at), schema.Day(at.AddDate(0, 0, 1+random.IntN(20)))))
		}
		a, b := "RUS", "NATO"
		if random.IntN(2) == 0 {
			a, b = b, a
		}
		status := statuses[max(0, random.IntN(12)-7)]
		out = append(out, made(t, fmt.Sprintf("%s %s %s %s", a, types[random.IntN(len(types))].Relation, b, when), status, 1+random.IntN(6)))
	}
	return out
}

// cases are the made timelines; each is a golden file.
func cases(t testing.TB) map[string]draw.Chart {
	december := time.Date(2010, 12, 1, 0, 0, 0, 0, time.UTC)
	century := time.Date(1914, 1, 1, 0, 0, 0, 0, time.UTC)
	chart := func(title string, triples ...graph.Triple) draw.Chart {
		return draw.Chart{Title: title, Names: names(), Moments: moments(triples)}
	}
	few := []graph.Triple{
		made(t, "NATO AGREE RUS 2010-12-08", schema.Asserted, 2),
		made(t, "RUS ACCUSE NATO ~2010-12-09", schema.Disputed, 1),
		made(t, "NATO CONSULT RUS 2011-06", schema.Planned, 1),
	}
	unknown := []graph.Triple{
		made(t, "NATO AGREE RUS @a", schema.Asserted, 1), made(t, "RUS THREATEN NATO @b", schema.Hypothetical, 1), made(t, "RUS ASSAULT NATO @c", schema.Denied, 5),
		made(t, `dmitry-rogozin REPRESENTS RUS "envoy to NATO"`, schema.Asserted, 3),
	}
	linked := chart("NATO and Russia", few...)
	linked.Link, linked.ID, linked.Turns = func(t graph.Triple) string { return "/event/" + t.ID + "?a=1&b=2" }, "pair", []schema.Date{"2011-02"}
	long := chart("The Organisation for the Prohibition of Everything That Nobody Has Ever Thought of and the Community of States Beyond the Furthest Sea, Taken Together", many(t, 12, december, 90)...)
	long.Names = draw.Names{"RUS": "The Organisation for the Prohibition of Everything That Nobody Has Ever Thought of", "NATO": "Community of States Beyond the Furthest Sea <b>bold</b>"}
	right := chart("روسيا و حلف شمال الأطلسي", many(t, 9, december, 40)...)
	right.Names = draw.Names{"RUS": "روسيا الاتحادية", "NATO": "ישראל (NATO)"}
	return map[string]draw.Chart{
		"0": chart("NATO and Russia"), "3": linked, "30": chart("NATO and Russia", many(t, 30, december, 400)...),
		"300": chart("NATO and Russia", many(t, 300, december, 1500)...), "3000": chart("NATO and Russia", many(t, 3000, december, 4000)...),
		"day": chart("One day", many(t, 8, december, 1)...), "century": chart("A century", many(t, 600, century, 36500)...),
		"unknown": chart("Nothing has a date", unknown...), "mixed": chart("Some have none", append(many(t, 10, december, 60), unknown...)...),
		"long": long, "right-to-left": right,
	}
}
