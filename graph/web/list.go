package web

import (
	"net/url"
	"slices"
	"strconv"

	"entente/graph"
	"entente/schema"
)

// onPage is how many events, pairs or entities one page lists.
const onPage = 50

// eventList is a page of a list of triples, with the form that narrows it.
type eventList struct {
	Rows     []eventRow
	Total    int
	Pager    pager
	Form     form
	Narrowed bool
	All      string // address of the list that is not narrowed
}

// pager leads through a list.
type pager struct {
	First, Last, Total     int // 1-based positions of what is shown
	Page, Pages            int // 1-based
	Previous, Next, Order  string
	OrderText              string
	FirstAddress, LastPage string
}

// form is the form that narrows a list.
type form struct {
	Action    string
	Hidden    []param
	From, To  string
	Relations []choice
	Statuses  []choice
	Min       string
	By        []choice // sides; empty: there is no choice
	Continue  bool     // the parties continue others
	Strict    bool
}

type param struct{ Name, Value string }

type choice struct {
	Value, Label string
	On           bool
}

// events reads the page of a list that the filter asks for; total is how many triples the query selects.
func (r *request) events(path string, q graph.Query, total int, predecessors bool, sides ...ref) (eventList, error) {
	f := r.filter
	rows, err := r.site.store.Page(r.ctx, q, !f.Oldest, f.Page*onPage, onPage)
	if err != nil {
		return eventList{}, err
	}
	l := eventList{Rows: r.sn.rows(rows), Total: total, Narrowed: f.narrows(), All: path, Form: newForm(path, f)}
	l.Pager = newPager(path, f, total)
	for _, side := range sides {
		l.Form.By = append(l.Form.By, choice{side.ID, side.Name, side.ID == f.By})
	}
	l.Form.Continue, l.Form.Strict = predecessors, f.Strict
	return l, nil
}

func newPager(path string, f filter, total int) pager {
	p := pager{First: min(f.Page*onPage+1, total), Last: min((f.Page+1)*onPage, total), Total: total, Page: f.Page + 1, Pages: max(1, (total+onPage-1)/onPage)}
	if f.Page > 0 {
		p.Previous, p.FirstAddress = at(path, f.values(), f.Page-1), at(path, f.values(), 0)
	}
	if p.Last < total {
		p.Next, p.LastPage = at(path, f.values(), f.Page+1), at(path, f.values(), p.Pages-1)
	}
	other := f
	other.Oldest = !f.Oldest
	p.Order, p.OrderText = at(path, other.values(), 0), "oldest first"
	if f.Oldest {
		p.OrderText = "newest first"
	}
	return p
}

// newForm is the form of a list as it is narrowed now. A path with parameters hands them on as hidden fields.
func newForm(path string, f filter) form {
	fm := form{Action: path, From: string(f.From), To: string(f.To)}
	if u, err := url.Parse(path); err == nil {
		fm.Action = u.EscapedPath()
		for _, k := range []string{"a", "b", "id"} {
			if u.Query().Has(k) {
				fm.Hidden = append(fm.Hidden, param{k, u.Query().Get(k)})
			}
		}
	}
	if f.Oldest {
		fm.Hidden = append(fm.Hidden, param{"order", "oldest"})
	}
	if f.Min > 0 {
		fm.Min = strconv.FormatFloat(f.Min, 'g', -1, 64)
	}
	for _, info := range schema.Relations() {
		fm.Relations = append(fm.Relations, choice{string(info.Relation), info.Label, slices.Contains(f.Relations, info.Relation)})
	}
	for _, s := range schema.TripleStatuses() {
		fm.Statuses = append(fm.Statuses, choice{string(s), string(s), slices.Contains(f.Statuses, s)})
	}
	return fm
}

// query is the filter as a query of the store, of acts between some parties: of all that the first ones do and suffer where the second are nil.
func (r *request) query(of, with []string) graph.Query {
	q := r.filter.query()
	q.Of, q.With = of, with
	if r.filter.By == "" {
		return q
	}
	q.Subject = r.withPredecessors(r.filter.By)
	q.Relations = slices.DeleteFunc(slices.Clone(q.Relations), undirected)
	if len(r.filter.Relations) == 0 {
		q.Relations = directed()
	}
	if len(q.Relations) == 0 { // only such as have no direction were asked for: nothing is of one side alone
		q.IDs = []string{"none"}
	}
	return q
}

func undirected(r schema.Relation) bool { return r.Info().Symmetric }

// directed are the relations of which one party is the subject.
func directed() []schema.Relation {
	var out []schema.Relation
	for _, info := range schema.Relations() {
		if !info.Symmetric {
			out = append(out, info.Relation)
		}
	}
	return out
}

// withPredecessors is a party with those that it continues, unless the filter leaves them out.
func (r *request) withPredecessors(id string) []string {
	if r.site.o.Also == nil || r.filter.Strict {
		return []string{id}
	}
	return append([]string{id}, without(r.site.o.Also(id), id)...)
}

// continuity is what a page says of those that its parties continue.
type continuity struct {
	Predecessors []ref // those that the store knows
	Strict       bool  // they are left out
	OtherWay     string
}

func (r *request) continuity(path string, ids ...string) continuity {
	other := r.filter
	other.Strict = !other.Strict
	c := continuity{Strict: r.filter.Strict, OtherWay: at(path, other.values(), 0)}
	for _, id := range ids {
		if r.site.o.Also == nil {
			break
		}
		for _, also := range without(r.site.o.Also(id), id) {
			if _, known := r.sn.entities[also]; known {
				c.Predecessors = append(c.Predecessors, r.sn.ref(also))
			}
		}
	}
	return c
}

func without(ids []string, id string) []string {
	var out []string
	for _, i := range ids {
		if i != id {
			out = append(out, i)
		}
	}
	return out
}
