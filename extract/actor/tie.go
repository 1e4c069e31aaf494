package actor

import (
	"slices"
	"strings"

	"entente/extract"
	"entente/schema"
)

// bind gives the holders of a phrase the office and, where the phrase says it, the party, and keeps the phrase for the mentions.
func (r *Resolver) bind(d *discourse, t *text, p phrase) {
	t.phrases = append(t.phrases, p)
	if len(d.author) > 0 && len(p.owners) > 0 {
		n := len(t.phrases) - 2
		switch {
		case r.joint(t, &p):
			d.author, t.joint = slices.Clone(p.owners), true
		case n >= 0 && t.joint && t.phrases[n].hi <= p.lo && p.lo-t.phrases[n].hi < 3 && r.joined(t, t.phrases[n].hi):
			d.author = appendNew(d.author, p.owners...)
		default:
			t.joint = false
		}
	}
	for _, h := range p.holders {
		owners := h.owners
		if owners == nil {
			owners = p.owners
		}
		h.p.titles = appendNew(h.p.titles, r.bare(p.office))
		if j := p.lo - 2; j >= 0 && h.unit > p.core+1 && t.units[j+1].word == "and" && t.units[j].office() { // "the Crown Prince and Prime Minister"
			if o, _ := t.units[j].officeOf(); o.Form != "collective" {
				h.p.titles = appendNew(h.p.titles, r.bare(o))
			}
		}
		if p.second != nil {
			h.p.titles = appendNew(h.p.titles, r.bare(p.second))
		}
		if len(owners) == 0 && len(d.author) > 0 && p.office.Kind == "spokesperson" {
			owners = d.author
		}
		if r.words[lastWord(p.office.Text)]&wMistress != 0 {
			h.p.gender = 'f'
		}
		if p.private || p.foreign || r.unofficial(&p) {
			continue
		}
		if p.former || p.coming {
			h.p.former = h.p.former || len(h.p.principals) == 0
			continue
		}
		if len(owners) > 0 && len(h.p.principals) == 0 {
			h.p.principals = owners[:1]
			if p.plural || len(p.holders) == 1 && len(owners) > 1 && len(p.ownUnits) == 0 {
				h.p.principals = owners
			}
			h.p.former = false
		}
	}
}

// joint reports whether a phrase at the head of a release names those who speak in it: "We, the foreign ministers of A, B and C,", "released by the
// governments of A and B".
func (r *Resolver) joint(t *text, p *phrase) bool {
	if len(p.owners) < 1 || t.n > 3 || !p.plural && p.office.Form != "collective" {
		return false
	}
	j := p.lo - 1
	for ; j >= 0 && j >= p.lo-3; j-- {
		switch t.units[j].word {
		case "we":
			return j == p.lo-1 || t.units[j+1].word == ","
		case "by":
			return len(p.owners) > 1 && slices.ContainsFunc(t.folded, func(w string) bool { return w == "statement" || w == "communique" || w == "declaration" })
		}
	}
	return false
}

// affiliate reads "Smith of UNICEF", "Eriksson of Sweden": for whom a person acts, though no office is named.
func (r *Resolver) affiliate(d *discourse, t *text, k int) {
	p := t.units[k].person
	if p == nil || len(p.principals) > 0 || p.former || k+2 >= len(t.units) || t.units[k+1].word != "of" {
		return
	}
	j := k + 2
	if t.units[j].word == "the" && j+1 < len(t.units) {
		j++
	}
	if c := t.units[j].class; c == classState || c == classOrg {
		if j+1 >= len(t.units) || t.units[j+1].word != "'s" && !nominalNext(t, j+1) {
			p.principals = d.partiesOf(t, j)
		}
	}
}

// unofficial reports whether the holder of the office does not act for a state or organisation.
func (r *Resolver) unofficial(p *phrase) bool {
	switch p.office.Kind {
	case "business", "journalist", "citizen", "honorific", "local", "judge", "religious", "party":
		return true
	}
	return false
}

// relation is the tie of a holder of the phrase's office to the owner, empty for none.
func (r *Resolver) relation(d *discourse, p *phrase, owner string) schema.Relation {
	rel := p.office.Relation
	if rel == "" || p.private || p.foreign {
		return ""
	}
	switch p.office.Kind {
	case "business", "journalist", "citizen", "honorific", "local", "religious", "judge", "legislator":
		return ""
	}
	if strings.Contains(p.office.Text, "opposition") || narrows(p.prefix) && p.office.Relation == schema.LEADS {
		return ""
	}
	if p.deputy {
		return schema.REPRESENTS
	}
	if rel != schema.LEADS {
		return rel
	}
	e, _ := d.entity(owner)
	switch {
	case e.Kind == schema.Organization || e.Kind == schema.Group:
		return rel
	case p.office.Kind == "head-of-state" || p.office.Kind == "head-of-government" || p.office.Kind == "royal":
		if p.modified && p.prefix != "" && p.office.Text != "minister" && narrows(p.prefix) {
			return ""
		}
		return rel
	}
	return schema.REPRESENTS
}

// term reads how long an office was held right after unit k: "since 2004", "from 1987 to 1991", "until 2010", in brackets "(1987-91)" too.
func term(t *text, k int) (from, to schema.Date) {
	if k < len(t.units) && (t.units[k].word == "," || t.units[k].word == "(") {
		k++
	}
	year := func(i int) schema.Date {
		if i < len(t.units) && len(t.units[i].word) == 4 {
			if d, err := schema.ParseDate(t.units[i].word); err == nil {
				return d
			}
		}
		return ""
	}
	if k+1 >= len(t.units) {
		return "", ""
	}
	switch t.units[k].word {
	case "since":
		return year(k + 1), ""
	case "until", "till":
		return "", year(k + 1)
	case "from", "between":
		if from = year(k + 1); from != "" && k+2 < len(t.units) {
			switch t.units[k+2].word {
			case "to", "until", "and", "-":
				to = year(k + 3)
			}
		}
		return from, to
	}
	if from = year(k); from != "" && t.units[k+1].word == "-" {
		return from, year(k + 2)
	}
	return "", ""
}

// telling reports whether an office is of the sort whose holder surely acts for some state, though the text does not say which.
func (r *Resolver) telling(p *phrase) bool {
	switch p.office.Kind {
	case "royal":
		return p.office.Relation == schema.LEADS || p.office.Text == "crown prince"
	case "head-of-state", "head-of-government", "minister", "envoy", "deputy", "spokesperson":
		return true
	case "official":
		return strings.Contains(p.office.Text, " ") || p.office.Text == "director" || p.body
	}
	return false
}

// narrows reports whether a word before "leader" or "president" makes it the head of less than a state.
func narrows(prefix string) bool {
	switch lastWord(prefix) {
	case "opposition", "party", "rebel", "union", "group", "majority", "minority", "student", "religious", "spiritual", "guerrilla", "business", "council",
		"community", "church", "labor", "labour", "senate", "house", "parliamentary", "regional", "local", "world", "congressional", "tribal", "bank":
		return true
	}
	return false
}

// tie notes the tie of each holder of the phrase to its party.
func (r *Resolver) tie(d *discourse, t *text, p *phrase, h holder, owners []string, guessed bool) {
	if len(owners) == 0 {
		return
	}
	rel := r.relation(d, p, owners[0])
	if rel == "" || p.coming || guessed && !r.telling(p) {
		return
	}
	role := r.title(p)
	for _, long := range h.p.titles { // "Secretary Smith" after "Secretary of State Smith"
		narrowed, suffix := strings.CutSuffix(long, " "+role)
		if strings.HasPrefix(long, role+" ") || suffix && r.words[narrowed]&(wDeputy|wFormer) == 0 && !p.former {
			role = long
			break
		}
	}
	conf := 0.95
	if guessed {
		conf = 0.6
	}
	lo, hi := min(p.lo, h.unit), max(p.hi, h.unit+1)
	from, to := term(t, hi)
	past := to != "" && d.day != "" && to.Last().Before(d.day.First())
	d.ties = append(d.ties, extract.Tie{
		Sentence: t.n, First: t.units[lo].first, Last: t.units[hi-1].last, Subject: h.p.id, Relation: rel, Object: owners[0], Role: role,
		From: from, To: to, Former: p.former || past, Status: schema.Asserted, Rule: "office", Confidence: conf,
	})
}
