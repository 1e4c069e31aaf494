package draw_test

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/graph"
	"entente/graph/draw"
	"entente/schema"
)

// parties are made ids, "P00" to "P99".
func parties(n int) []string {
	var out []string
	for i := range n {
		out = append(out, fmt.Sprintf("P%02d", i))
	}
	return out
}

// dyads are made pairs: few parties have many of them.
func dyads(n, pairs int) []graph.Dyad {
	random := rand.New(rand.NewPCG(3, uint64(pairs)))
	all := map[string]graph.Dyad{}
	ids := parties(n)
	for len(all) < pairs {
		a, b := ids[int(float64(n)*random.Float64()*random.Float64())], ids[random.IntN(n)]
		if a != b {
			all[min(a, b)+max(a, b)] = graph.Dyad{A: min(a, b), B: max(a, b), Events: 1 + random.IntN(60), Net: float64(random.IntN(100) - 50)}
		}
	}
	var out []graph.Dyad
	for _, k := range slices.Sorted(maps.Keys(all)) {
		out = append(out, all[k])
	}
	return out
}

func TestNetwork(t *testing.T) {
	for _, tt := range []struct {
		name string
		net  draw.Net
	}{
		{"0", draw.Net{}},
		{"1", draw.Net{Dyads: []graph.Dyad{{A: "NATO", B: "RUS", Events: 3, Net: -4}}, Names: draw.Names{"RUS": "روسيا", "NATO": "<NATO>"}, LinkNode: func(id string) string { return "/entity/" + id }}},
		{"20", draw.Net{Title: "Twenty", ID: "net", Dyads: dyads(12, 20), Kinds: map[string]schema.Kind{"P01": schema.Organization, "P02": schema.Person}, LinkPair: func(d graph.Dyad) string { return "/pair/" + d.A + "/" + d.B }}},
		{"60", draw.Net{Dyads: dyads(60, 300)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b, again bytes.Buffer
			if err := draw.Network(&b, tt.net); err != nil {
				t.Fatal(err)
			}
			sound(t, b.Bytes())
			golden(t, "network-"+tt.name, b.Bytes())
			slices.Reverse(tt.net.Dyads)
			if err := draw.Network(&again, tt.net); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
				t.Error("the order of the pairs changes the picture")
			}
		})
	}
}

// many pairs over some years.
func pairs(t *testing.T, n, events int, years int) []graph.PairSeries {
	t.Helper()
	random := rand.New(rand.NewPCG(5, uint64(n)))
	types := schema.Relations()[:16]
	ids := parties(n)
	rows, err := graph.NewPairSeries(func(yield func(graph.Triple, error) bool) {
		for range events {
			a, b := ids[random.IntN(n)*random.IntN(n)/n], ids[random.IntN(n)]
			when := time.Date(1990+random.IntN(years), 5, 1, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
			if a != b && !yield(made(t, fmt.Sprintf("%s %s %s %s", a, types[random.IntN(16)].Relation, b, when), schema.Asserted, 1), nil) {
				return
			}
		}
	}, graph.ByYear)
	if err != nil {
		t.Fatal(err)
	}
	return rows[:min(30, len(rows))]
}

func TestHeatMap(t *testing.T) {
	for _, tt := range []struct {
		name string
		heat draw.Heat
		has  string
	}{
		{"0", draw.Heat{}, "no events"},
		{"10", draw.Heat{Title: "Ten years", Rows: pairs(t, 6, 400, 10), Names: draw.Names{"P00": "روسيا الاتحادية", "P01": "The Organisation for the Prohibition of Everything"}, ID: "heat",
			Link: func(a, b string, from, to schema.Date) string {
				return "/pair/" + a + "/" + b + "?from=" + string(from) + "&to=" + string(to)
			}}, "from=1990&amp;to=1990"},
		{"century", draw.Heat{Rows: pairs(t, 8, 2000, 100)}, "1990–94"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var b bytes.Buffer
			if err := draw.HeatMap(&b, tt.heat); err != nil {
				t.Fatal(err)
			}
			sound(t, b.Bytes())
			golden(t, "heatmap-"+tt.name, b.Bytes())
			if !strings.Contains(b.String(), tt.has) {
				t.Errorf("no %q", tt.has)
			}
		})
	}
}

func BenchmarkNetwork(b *testing.B) {
	net := draw.Net{Dyads: dyads(60, 300)}
	for b.Loop() {
		if err := draw.Network(io.Discard, net); err != nil {
			b.Fatal(err)
		}
	}
}
