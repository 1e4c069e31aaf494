package event

// speaker is the party who says so, none where the article says so itself.
func (sc *scene) speaker(tr *trigger) party {
	for t, n := tr.token, 0; t >= 0 && n < 12; t, n = sc.head(t), n+1 {
		if g := sc.byToken[t]; g != nil && g.row.Op == OpSay && t != tr.token {
			if ps := sc.namedAll(sc.agents(t), nil); len(ps) > 0 {
				return ps[0]
			}
		}
		for _, k := range sc.kids[t] {
			switch g := sc.byToken[k]; {
			case base(sc.label(k)) == "parataxis" && g != nil && g.row.Op == OpSay && !sc.under(tr.token, k):
				if ps := sc.namedAll(sc.agents(k), nil); len(ps) > 0 {
					return ps[0]
				}
			case sc.caseOf(k) == "according to":
				if ps := sc.named(k); len(ps) > 0 {
					return ps[0]
				}
			}
		}
	}
	return party{}
}

// name is the id by which evidence names a speaker: the person where one is named.
func (p party) name() string {
	if p.agent != "" {
		return p.agent
	}
	return p.id
}
