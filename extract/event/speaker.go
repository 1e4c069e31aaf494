package event

// speaker is the party who says so, none where the article says so itself.
func (sc *scene) speaker(tr *trigger) party {
	for t, n := tr.token, 0; t >= 0 && n < 12; t, n = sc.head(t), n+1 {
		if g := sc.byToken[t]; g != nil && g.row.Op == OpSay && t != tr.token {
			if ps := sc.sayers(t); len(ps) > 0 {
				return ps[0]
			}
		}
		for _, k := range sc.kids[t] {
			switch g := sc.byToken[k]; {
			case base(sc.label(k)) == "parataxis" && g != nil && g.row.Op == OpSay && !sc.under(tr.token, k):
				if ps := sc.sayers(k); len(ps) > 0 {
					return ps[0]
				}
			case sc.caseOf(k) == "according to":
				if ps := sc.named(k); len(ps) > 0 {
					return ps[0]
				}
			}
		}
	}
	return sc.quoted
}

// sayers are the parties whose words the verb of saying at t brings: its subject, or whom it quotes "as saying" so.
func (sc *scene) sayers(t int) parties {
	for _, k := range sc.kids[t] {
		if g := sc.byToken[k]; g != nil && g.row.Op == OpSay && base(sc.label(k)) == "advcl" {
			if ps := sc.namedAll(sc.agents(k), nil); len(ps) > 0 {
				return ps
			}
		}
	}
	return sc.namedAll(sc.agents(t), nil)
}

// lastSpeaker is who speaks at the end of the sentence, given who spoke before it, and notes where the whole sentence is in that one's words: a
// quotation without a verb of saying.
func (sc *scene) lastSpeaker(before party) party {
	said := false
	for _, g := range sc.triggers {
		if g.row.Op != OpSay || g.row.POS != "v" {
			continue
		}
		said = true
		if ps := sc.namedAll(sc.agents(g.token), nil); len(ps) == 1 {
			before = ps[0]
		}
	}
	if w := sc.s.Tokens[0].Text; !said && before.id != "" && (w == "\"" || w == "''" || w == "``") {
		sc.quoted = before
	}
	return before
}

// name is the id by which evidence names a speaker: the person where one is named.
func (p party) name() string {
	if p.agent != "" {
		return p.agent
	}
	return p.id
}
