package web

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"entente/graph"
	"entente/schema"
)

// filter is what a reader narrows a list of triples to. Its parameters in an address: from, to, year (the same for both), relation, status
// (both may be repeated), min, by, strict, page, order.
type filter struct {
	From, To  schema.Date
	Relations []schema.Relation
	Statuses  []schema.Status
	Min       float64
	By        string // id of the party whose acts are shown, as far as they have a direction; empty: those of all
	Strict    bool   // without the predecessors of the parties
	Page      int    // 0-based; in the address 1-based
	Oldest    bool   // oldest first
}

func parseFilter(q url.Values) (filter, error) {
	var f filter
	var err error
	if f.From, f.To, err = parsePeriod(q); err != nil {
		return f, err
	}
	for _, v := range parts(q["relation"]) {
		r, err := schema.ParseRelation(v)
		if err != nil {
			return f, badRequest("There is no kind of act %q.", clip(v, 40))
		}
		f.Relations = append(f.Relations, r)
	}
	for _, v := range parts(q["status"]) {
		s := schema.Status(strings.ToLower(v))
		if !slices.Contains(schema.TripleStatuses(), s) {
			return f, badRequest("There is no status %q.", clip(v, 40))
		}
		f.Statuses = append(f.Statuses, s)
	}
	slices.Sort(f.Relations)
	slices.Sort(f.Statuses)
	f.Relations, f.Statuses = slices.Compact(f.Relations), slices.Compact(f.Statuses)
	if v := q.Get("min"); v != "" {
		if f.Min, err = strconv.ParseFloat(v, 64); err != nil || !(f.Min >= 0 && f.Min <= 1) {
			return f, badRequest("Confidence %q: want a number from 0 to 1.", clip(v, 40))
		}
	}
	if v := q.Get("page"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > 1e6 {
			return f, badRequest("Page %q: want a number from 1.", clip(v, 40))
		}
		f.Page = n - 1
	}
	if f.By = q.Get("by"); len(f.By) > longestParty {
		return f, badRequest("There is no party of so long a name.")
	}
	f.Strict, f.Oldest = q.Get("strict") == "1", q.Get("order") == "oldest"
	return f, nil
}

// parts is all values, those with commas split, without empty ones.
func parts(values []string) []string {
	var out []string
	for _, v := range values {
		for p := range strings.SplitSeq(v, ",") {
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

func parsePeriod(q url.Values) (from, to schema.Date, err error) {
	for _, p := range []struct {
		name string
		into *schema.Date
	}{{"from", &from}, {"to", &to}} {
		v := strings.TrimSpace(q.Get(p.name))
		if v == "" {
			v = strings.TrimSpace(q.Get("year"))
		}
		d, err := schema.ParseDate(v)
		if err != nil || d.Precision() == schema.PrecisionRange {
			return "", "", badRequest("Date %q: want a year, a month or a day: 2010, 2010-12, 2010-12-08.", clip(v, 40))
		}
		*p.into = d
	}
	if from != "" && to != "" && to.Last().Before(from.First()) {
		return "", "", badRequest("The time ends (%s) before it begins (%s).", to, from)
	}
	return from, to, nil
}

// values is the filter as parameters, the page left out.
func (f filter) values() url.Values {
	v := url.Values{}
	set := func(key, value string) {
		if value != "" {
			v.Set(key, value)
		}
	}
	if f.From == f.To {
		set("year", string(f.From))
	} else {
		set("from", string(f.From))
		set("to", string(f.To))
	}
	for _, r := range f.Relations {
		v.Add("relation", string(r))
	}
	for _, s := range f.Statuses {
		v.Add("status", string(s))
	}
	if f.Min > 0 {
		v.Set("min", strconv.FormatFloat(f.Min, 'g', -1, 64))
	}
	set("by", f.By)
	if f.Strict {
		v.Set("strict", "1")
	}
	if f.Oldest {
		v.Set("order", "oldest")
	}
	return v
}

// narrows reports whether the filter leaves anything out.
func (f filter) narrows() bool {
	return f.From != "" || f.To != "" || len(f.Relations) > 0 || len(f.Statuses) > 0 || f.Min > 0 || f.By != ""
}

// query is the filter as a query of the store.
func (f filter) query() graph.Query {
	return graph.Query{From: f.From, To: f.To, Relations: f.Relations, Statuses: f.Statuses, MinConfidence: f.Min}
}

// at is an address with parameters; the page is added where it is not the first.
func at(path string, v url.Values, page int) string {
	if page > 0 {
		v.Set("page", strconv.Itoa(page+1))
	}
	if len(v) == 0 {
		return path
	}
	sep := "?"
	if strings.Contains(path, "?") {
		sep = "&"
	}
	return path + sep + v.Encode()
}

// formatOf is what an address asks for: html where it does not say.
func formatOf(q url.Values) (string, error) {
	switch f := q.Get("format"); f {
	case "", "html":
		return "html", nil
	case "csv", "json", "svg":
		return f, nil
	default:
		return "", badRequest("There is no format %q: want csv, json or svg.", clip(f, 20))
	}
}
