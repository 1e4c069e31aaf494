package actor

import (
	"cmp"
	"slices"

	"entente/schema"
)

// pair finds two parties, or as many as the words say: joined by "and", or the only ones of a sentence, nearest first; else the two the article
// names most.
func (s *salience) pair(f *draft) {
	if f.word == "superpowers" {
		f.m.Parties = []string{"RUS", "USA"}
		if s.d.day == "" || !s.d.day.First().After(schema.Date("1991-12-26").First()) {
			f.m.Parties[0] = "SUN"
		}
		return
	}
	leaders := f.word == "leaders" || f.word == "ministers" || f.word == "presidents" || f.word == "men" || f.word == "diplomats" || f.word == "statesmen" || f.word == "officials"
	states := !leaders && (s.r.words[f.word]&wCountry != 0 || f.word == "countries" || f.word == "nations" || f.word == "states" || f.word == "governments" || f.word == "republics" || f.word == "capitals" || f.word == "peoples" || f.word == "neighbours" || f.word == "neighbors" || f.word == "superpowers" || f.word == "armies")
	want := func(id string) bool {
		e, ok := s.d.entity(id)
		if !ok || e.Kind == schema.Person {
			return false
		}
		return !states || e.Kind == schema.State
	}
	if f.t.units[f.unit].word == "their" {
		if x := s.at(f.t.n, f.m.First); x != nil && len(x.m.Parties) > 1 {
			f.m.Parties = x.m.Parties
			return
		}
	}
	if f.t.units[f.unit].word == "our" && len(s.d.author) == 1 {
		if other := s.partner(f, s.d.author[0], want); other != "" {
			f.m.Parties = sorted(s.d.author[0], other)
			return
		}
	}
	count := max(f.number, 2)
	for n := f.t.n; n >= 0 && n >= f.t.n-4; n-- {
		var ids []string
		for i := len(s.list) - 1; i >= 0 && s.list[i].sentence >= n; i-- {
			x := &s.list[i]
			if x.sentence != n || n == f.t.n && x.token >= f.m.First || leaders && !x.human && !x.group {
				continue
			}
			if len(x.m.Parties) == count && !slices.ContainsFunc(x.m.Parties, func(id string) bool { return !want(id) }) && (x.group || x.ref != refNone || x.phrase != nil) {
				f.m.Parties = x.m.Parties
				return
			}
			for _, id := range x.m.Parties {
				if want(id) {
					ids = appendNew(ids, id)
				}
			}
		}
		if len(ids) == count {
			f.m.Parties = slices.Sorted(slices.Values(ids))
			f.m.Confidence = 0.65
			return
		}
	}
	if ids := s.topTwo(want); ids != nil && count == 2 {
		f.m.Parties, f.m.Confidence = ids, 0.6
	}
}

func sorted(a, b string) []string {
	if b < a {
		a, b = b, a
	}
	return []string{a, b}
}

// partner is the party last spoken of besides one.
func (s *salience) partner(f *draft, one string, want func(string) bool) string {
	for i := len(s.list) - 1; i >= 0; i-- {
		for _, id := range s.list[i].m.Parties {
			if id != one && want(id) {
				return id
			}
		}
	}
	return ""
}

// topTwo are the two parties spoken of most of late, none where the third is as frequent.
func (s *salience) topTwo(want func(string) bool) []string {
	count := map[string]int{}
	for i := max(0, len(s.list)-200); i < len(s.list); i++ {
		for _, id := range s.list[i].m.Parties {
			if want(id) {
				count[id]++
			}
		}
	}
	var ids []string
	for id := range count {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b string) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	if len(ids) < 2 || len(ids) > 2 && count[ids[1]] == count[ids[2]] {
		return nil
	}
	return sorted(ids[0], ids[1])
}

// nominal finds which of the organisations or groups that a noun may stand for the article speaks of.
func (s *salience) nominal(f *draft) {
	ids, _ := s.r.nominal(f.t, f.unit)
	best, last := "", -1
	for _, id := range ids {
		if s.d.counts[id] == 0 {
			continue
		}
		at := 0
		for i := len(s.list) - 1; i >= 0; i-- {
			if slices.Contains(s.list[i].m.Parties, id) {
				at = i + 1
				break
			}
		}
		if at > last {
			best, last = id, at
		}
	}
	if best == "" || last == 0 && f.m.Modifier {
		return
	}
	f.m.Parties = []string{best}
}

// groups adds what is joined by "and" as one thing spoken of: "NATO and Russia".
func (s *salience) groups(list []*draft) {
	for i := 0; i+1 < len(list); i++ {
		a := list[i]
		if a.dropped || a.m.Modifier || len(a.m.Parties) == 0 || a.ref == refHe || a.ref == refIt || a.ref == refThey {
			continue
		}
		ids := slices.Clone(a.m.Parties)
		end, human, n := a.m.Last, a.human, 1
		for _, b := range list[i+1:] {
			if b.dropped || b.m.Modifier || len(b.m.Parties) == 0 || b.m.First < end {
				continue
			}
			if !joinedTokens(a.t, end, b.m.First) {
				break
			}
			ids = appendNew(ids, b.m.Parties...)
			end = b.m.Last
			n++
		}
		if n < 2 || len(ids) < 2 {
			continue
		}
		g := &draft{t: a.t, plural: true, human: human && false, subject: a.subject, m: a.m, unit: a.unit}
		g.m.Last, g.m.Parties, g.m.Agent = end, ids, ""
		s.list = append(s.list, focus{draft: g, sentence: a.t.n, token: a.m.First, group: true})
	}
}

// joinedTokens reports whether only commas, "and" and articles stand between two tokens, and at least one joins.
func joinedTokens(t *text, i, j int) bool {
	if j <= i || j-i > 3 {
		return false
	}
	and := false
	for ; i < j; i++ {
		switch t.folded[i] {
		case "and", "&":
			and = true
		case ",":
			and = true
		case "the", "both":
		default:
			return false
		}
	}
	return and
}
