package cypher

import (
	"slices"
	"sort"
)

// run projects rows: items, groups, DISTINCT, ORDER BY, SKIP, LIMIT, WHERE.
func (p *projected) run(rt *runtime, in rows) rows {
	out := p.project(rt, in)
	if p.grouping {
		out = p.group(rt, in)
	}
	if p.distinct {
		out = p.unique(rt, out)
	}
	if len(p.order) > 0 {
		out = p.sorted(rt, out)
	}
	if p.skip != nil || p.limit != nil {
		out = p.paged(rt, out)
	}
	return func(emit func([]any) error) error {
		return out(func(row []any) error {
			if err := rt.step(); err != nil {
				return err
			}
			if p.where != nil {
				t, err := p.where.truth(rt, row)
				if err != nil || t != yes {
					return err
				}
			}
			return emit(p.narrow(row))
		})
	}
}

// narrow keeps what is still seen.
func (p *projected) narrow(row []any) []any {
	out := make([]any, len(row))
	for _, s := range p.live {
		out[s] = row[s]
	}
	return out
}

func (p *projected) project(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		return in(func(row []any) error {
			r, err := p.items2row(rt, row, false)
			if err != nil {
				return err
			}
			return emit(r)
		})
	}
}

// items2row evaluates the items, of a group only its keys where keysOnly, into a copy of the row.
func (p *projected) items2row(rt *runtime, row []any, keysOnly bool) ([]any, error) {
	r := slices.Clone(row)
	for i, e := range p.items {
		if keysOnly && !slices.Contains(p.keys, i) {
			continue
		}
		v, err := e.eval(rt, row)
		if err != nil {
			return nil, err
		}
		r[p.slots[i]] = v
	}
	return r, nil
}

// groupOf is one group: its first row, and its functions at work.
type groupOf struct {
	row   []any
	feeds []*feeding
}

func (p *projected) newGroup(row []any) *groupOf {
	g := &groupOf{row: row}
	for _, f := range p.calls {
		g.feeds = append(g.feeds, &feeding{f: f, acc: f.make()})
	}
	return g
}

func (p *projected) group(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		groups := map[string]*groupOf{}
		var ordered []*groupOf
		err := in(func(row []any) error {
			g, err := p.groupFor(rt, row, groups, &ordered)
			if err != nil {
				return err
			}
			for _, f := range g.feeds {
				if err := f.add(rt, row); err != nil {
					return err
				}
			}
			return rt.step()
		})
		if err != nil {
			return err
		}
		if len(p.keys) == 0 && len(ordered) == 0 {
			ordered = append(ordered, p.newGroup(make([]any, rt.width)))
		}
		for _, g := range ordered {
			if err := p.finish(rt, g, emit); err != nil {
				return err
			}
		}
		return nil
	}
}

func (p *projected) groupFor(rt *runtime, row []any, groups map[string]*groupOf, ordered *[]*groupOf) (*groupOf, error) {
	var key []byte
	values := make([]any, len(p.keys))
	for i, k := range p.keys {
		v, err := p.items[k].eval(rt, row)
		if err != nil {
			return nil, err
		}
		values[i] = v
		key = appendKey(key, v)
	}
	if g, ok := groups[string(key)]; ok {
		return g, nil
	}
	first := slices.Clone(row)
	for i, k := range p.keys {
		first[p.slots[k]] = values[i]
	}
	g := p.newGroup(first)
	groups[string(key)] = g
	*ordered = append(*ordered, g)
	return g, rt.hold(len(p.keys) + len(p.calls) + 1)
}

// finish puts the results of a group's functions into its row and evaluates the items that have them.
func (p *projected) finish(rt *runtime, g *groupOf, emit func([]any) error) error {
	for _, f := range g.feeds {
		v, err := f.acc.result(rt)
		if err != nil {
			return err
		}
		g.row[f.f.slot] = v
	}
	for i, e := range p.items {
		if slices.Contains(p.keys, i) {
			continue
		}
		v, err := e.eval(rt, g.row)
		if err != nil {
			return err
		}
		g.row[p.slots[i]] = v
	}
	return emit(g.row)
}

func (p *projected) unique(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		seen := distinct{}
		return in(func(row []any) error {
			fresh, err := seen.add(rt, row, p.slots)
			if err != nil || !fresh {
				return err
			}
			return emit(row)
		})
	}
}

// keyed is a row with what it is sorted by.
type keyed struct {
	keys []any
	row  []any
}

func (p *projected) less(a, b keyed) bool {
	for i := range a.keys {
		c := order(a.keys[i], b.keys[i])
		if c != 0 {
			return c < 0 != p.desc[i]
		}
	}
	return false
}

// sorted sorts all rows; of those that LIMIT will drop it keeps no more than as many as it needs.
func (p *projected) sorted(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		most, err := p.wanted(rt)
		if err != nil {
			return err
		}
		var buffer []keyed
		held := 0
		defer func() { rt.release(held) }()
		cut := func() {
			sort.SliceStable(buffer, func(i, j int) bool { return p.less(buffer[i], buffer[j]) })
			if most >= 0 && int64(len(buffer)) > most {
				rt.release((len(buffer) - int(most)) * p.weight())
				held -= (len(buffer) - int(most)) * p.weight()
				clear(buffer[most:])
				buffer = buffer[:most]
			}
		}
		err = in(func(row []any) error {
			k := keyed{make([]any, len(p.order)), row}
			for i, e := range p.order {
				if k.keys[i], err = e.eval(rt, row); err != nil {
					return err
				}
			}
			if p.where == nil {
				k.row = p.narrow(row)
			}
			buffer = append(buffer, k)
			held += p.weight()
			if err := rt.hold(p.weight()); err != nil {
				return err
			}
			if most >= 0 && int64(len(buffer)) > 2*most+1000 {
				cut()
			}
			return nil
		})
		if err != nil {
			return err
		}
		cut()
		for _, k := range buffer {
			if err := emit(k.row); err != nil {
				return err
			}
		}
		return nil
	}
}

// weight is how many values a sorted row holds.
func (p *projected) weight() int { return len(p.order) + len(p.live) + 1 }

// wanted is how many rows SKIP and LIMIT need of the sorted ones, -1 for all.
func (p *projected) wanted(rt *runtime) (int64, error) {
	if p.limit == nil {
		return -1, nil
	}
	n, err := p.limit.number(rt, "LIMIT")
	if err != nil {
		return 0, err
	}
	if p.skip != nil {
		s, err := p.skip.number(rt, "SKIP")
		if err != nil {
			return 0, err
		}
		n += s
	}
	if n < 0 || n > 1<<30 {
		return -1, nil
	}
	return n, nil
}

func (p *projected) paged(rt *runtime, in rows) rows {
	return func(emit func([]any) error) error {
		skip, limit := int64(0), int64(-1)
		var err error
		if p.skip != nil {
			if skip, err = p.skip.number(rt, "SKIP"); err != nil {
				return err
			}
		}
		if p.limit != nil {
			if limit, err = p.limit.number(rt, "LIMIT"); err != nil || limit == 0 {
				return err
			}
		}
		stop := &errStop{}
		n := int64(0)
		err = in(func(row []any) error {
			n++
			if n <= skip {
				return nil
			}
			if err := emit(row); err != nil {
				return err
			}
			if limit >= 0 && n-skip >= limit {
				return stop
			}
			return nil
		})
		if err == error(stop) {
			return nil
		}
		return err
	}
}
