package cypher

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"time"

	"entente/graph"
	"entente/schema"
)

// The ids of nodes are the id of what they stand for behind one of these.
const (
	EntityPrefix   = "e:"
	TriplePrefix   = "t:"
	EvidencePrefix = "v:"
	ArticlePrefix  = "a:"
)

// The types of the edges that are no relation between entities.
const (
	Subject     = "SUBJECT"
	Object      = "OBJECT"
	Mediator    = "MEDIATOR"
	Place       = "PLACE"
	EvidenceOf  = "EVIDENCE"
	StandsIn    = "IN"
	SaidBy      = "SAID_BY"
	Agent       = "AGENT"
	ObjectAgent = "OBJECT_AGENT"
	Initiator   = "INITIATOR"
	Dyad        = "DYAD"
)

// nodeLabels are the labels that do not come from the kind of an entity.
var nodeLabels = []string{"Entity", "Triple", "Event", "Tie", "Evidence", "Article"}

// properties of a node or edge; what is empty is left out.
type bag map[string]any

func (p bag) text(key, value string) {
	if value != "" {
		p[key] = value
	}
}

func (p bag) texts(key string, values []string) {
	if len(values) > 0 {
		p[key] = anys(values)
	}
}

func (p bag) day(key string, day time.Time) {
	if !day.IsZero() {
		p[key] = DateOf(day)
	}
}

// EntityNode is (:Entity) with the label of its kind.
func EntityNode(e schema.Entity) *Node {
	p := bag{"id": e.ID, "kind": string(e.Kind), "name": e.Name}
	p.texts("aliases", e.Aliases)
	p.text("state", e.State)
	var codes []string
	for _, k := range slices.Sorted(maps.Keys(e.Codes)) {
		codes = append(codes, k+"="+e.Codes[k])
	}
	p.texts("codes", codes)
	for _, k := range []string{"iso3", "cow", "gw", "wikidata"} {
		p.text(k, e.Codes[k])
	}
	return &Node{ID: EntityPrefix + e.ID, Labels: []string{"Entity", e.Kind.Label()}, Props: p}
}

// ArticleNode is (:Article).
func ArticleNode(a schema.Article) *Node {
	p := bag{"id": a.ID, "digest": articleDigest(a)}
	p.text("title", a.Title)
	p.text("when", string(a.Published))
	p.day("published", a.Published.First())
	p.text("publishedFrom", a.PublishedFrom)
	p.text("source", a.Source)
	p.text("url", a.URL)
	p.text("text", a.Text)
	p.text("sha256", a.SHA256)
	var furniture []string
	for _, f := range a.Furniture {
		furniture = append(furniture, fmt.Sprintf("%d-%d %s", f.Start, f.End, f.Kind))
	}
	p.texts("furniture", furniture)
	return &Node{ID: ArticlePrefix + a.ID, Labels: []string{"Article"}, Props: p}
}

// articleDigest is a short hash of all but the text, whose digest is among the rest.
func articleDigest(a schema.Article) string {
	a.Text = ""
	b, err := json.Marshal(a)
	if err != nil { // strings and numbers only
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// TripleNode is (:Triple) with Event or Tie. says are the statuses that its evidences have, sorted, each once.
func TripleNode(t graph.Triple, says []string) *Node {
	info := t.Relation.Info()
	a, b := graph.ClaimOf(t.Triple).Pair()
	p := edgeProps(t)
	p["subject"], p["object"], p["type"] = t.Subject, t.Object, string(t.Relation)
	p["caption"] = caption(t, info)
	p["pair"] = a + " " + b
	p["claim"] = graph.ClaimOf(t.Triple).String()
	days := graph.StandingOf(t)
	p["firstDay"], p["lastDay"] = int64(days.First), int64(days.Last)
	p["key"] = graph.SortKey(t.Triple)
	p.text("reported", string(t.Reported))
	p.text("undated", t.Article)
	p.text("quad", string(info.Quad))
	p.text("mode", t.Mode)
	p.texts("contexts", t.Contexts)
	p["says"] = anys(says)
	label := "Event"
	if info.Tie {
		label = "Tie"
	}
	return &Node{ID: TriplePrefix + t.ID, Labels: []string{"Triple", label}, Props: p}
}

func caption(t graph.Triple, info schema.RelationInfo) string {
	s := t.Subject + " " + info.Label + " " + t.Object
	if when := t.When(); when != "" {
		s += " " + string(when)
	}
	return s
}

// edgeProps are the properties of the edge between the parties, which its node has too.
func edgeProps(t graph.Triple) bag {
	p := bag{"id": t.ID, "status": string(t.Status), "sources": int64(t.Sources), "confidence": t.Confidence}
	when := t.When()
	p.day("date", when.First())
	p.day("dateEnd", when.Last())
	p.text("when", string(t.Date))
	p.text("basis", string(t.Basis))
	if !t.Relation.Info().Tie {
		p["score"] = t.Score
		return p
	}
	p.text("role", t.Role)
	p.text("since", string(t.From))
	p.text("until", string(t.To))
	p.day("from", t.From.First())
	p.day("to", t.To.Last())
	p.day("firstSeen", t.FirstSeen.First())
	p.day("lastSeen", t.LastSeen.Last())
	return p
}

// TripleEdge is the edge between the parties of a triple; nil where none is drawn.
func TripleEdge(t graph.Triple) *Edge {
	if !t.Edge() {
		return nil
	}
	return &Edge{ID: string(t.Relation) + " " + t.ID, Type: string(t.Relation), Start: EntityPrefix + t.Subject, End: EntityPrefix + t.Object, Props: edgeProps(t)}
}

// DyadEdge is the edge that sums up a pair.
func DyadEdge(d graph.Dyad) *Edge {
	p := bag{"id": d.A + " " + d.B, "events": int64(d.Events), "net": d.Net, "coop": d.Coop, "conf": d.Conf}
	p.day("first", d.First.First())
	p.day("last", d.Last.Last())
	return &Edge{ID: Dyad + " " + d.A + " " + d.B, Type: Dyad, Start: EntityPrefix + d.A, End: EntityPrefix + d.B, Props: p}
}

// TripleLinks are the edges from a triple's node to entities.
func TripleLinks(t graph.Triple) []*Edge {
	from := TriplePrefix + t.ID
	out := []*Edge{Link(Subject, from, EntityPrefix+t.Subject), Link(Object, from, EntityPrefix+t.Object)}
	for _, id := range t.Mediators {
		out = append(out, Link(Mediator, from, EntityPrefix+id))
	}
	for _, id := range t.Places {
		out = append(out, Link(Place, from, EntityPrefix+id))
	}
	return out
}

// Link is an edge without properties.
func Link(typ, from, to string) *Edge {
	return &Edge{ID: typ + " " + from + " " + to, Type: typ, Start: from, End: to, Props: map[string]any{}}
}

// EvidenceNode is (:Evidence): what a statement says as its reading has it, before any decision. n is its 0-based place among those of the reading.
func EvidenceNode(s graph.Statement, n int) *Node {
	e, t := s.Evidence, s.Triple
	p := bag{
		"id": e.ID, "start": int64(e.Start), "end": int64(e.End), "quote": e.Quote, "status": string(e.Status), "extractor": e.Extractor, "n": int64(n),
		"triple": t.ID, "subject": t.Subject, "relation": string(t.Relation), "object": t.Object,
	}
	for key, value := range map[string]string{
		"role": t.Role, "date": string(t.Date), "reported": string(t.Reported), "undated": t.Article,
		"speaker": e.Speaker, "agent": e.Agent, "objectAgent": e.ObjectAgent, "initiator": e.Initiator, "mode": e.Mode, "place": e.Place,
		"basis": string(e.Basis), "from": string(e.From), "to": string(e.To), "rule": e.Rule, "model": e.Model,
	} {
		p.text(key, value)
	}
	p.texts("mediators", e.Mediators)
	p.texts("contexts", e.Contexts)
	if e.Group != 0 {
		p["group"] = int64(e.Group)
	}
	if e.Former {
		p["former"] = true
	}
	if e.Confidence != 0 {
		p["confidence"] = e.Confidence
	}
	return &Node{ID: EvidencePrefix + e.ID, Labels: []string{"Evidence"}, Props: p}
}

// EvidenceLinks are the edges of an evidence: from its triple in force, to its article, and to the entities in force.
func EvidenceLinks(s graph.Statement, merges graph.Merges) []*Edge {
	m, ok := merges.Statement(s)
	id := EvidencePrefix + s.Evidence.ID
	out := []*Edge{Link(StandsIn, id, ArticlePrefix+s.Evidence.Article)}
	if ok {
		out = append(out, Link(EvidenceOf, TriplePrefix+m.Triple.ID, id))
	}
	e := m.Evidence
	for _, role := range [][2]string{{SaidBy, e.Speaker}, {Agent, e.Agent}, {ObjectAgent, e.ObjectAgent}, {Initiator, e.Initiator}} {
		if role[1] != "" {
			out = append(out, Link(role[0], id, EntityPrefix+role[1]))
		}
	}
	return out
}

// Says is the set of statuses that evidences have, sorted.
func Says(es []graph.Evidence) []string {
	var out []string
	for _, e := range es {
		out = append(out, string(e.Status))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ModelLabels are all labels that a node of the model can have, sorted, and ModelTypes all types of its edges.
func ModelLabels() []string {
	out := slices.Clone(nodeLabels)
	for _, k := range schema.Kinds() {
		out = append(out, k.Label())
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ModelTypes are all types of the model's edges, sorted.
func ModelTypes() []string {
	out := []string{Subject, Object, Mediator, Place, EvidenceOf, StandsIn, SaidBy, Agent, ObjectAgent, Initiator, Dyad}
	for _, info := range schema.Relations() {
		out = append(out, string(info.Relation))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// KeyNodeID is the id of the only node that has a label and the property id, "" where the label does not tell.
func KeyNodeID(label, id string) string {
	switch label {
	case "Triple", "Event", "Tie":
		return TriplePrefix + id
	case "Evidence":
		return EvidencePrefix + id
	case "Article":
		return ArticlePrefix + id
	}
	if label == "Entity" || slices.ContainsFunc(schema.Kinds(), func(k schema.Kind) bool { return k.Label() == label }) {
		return EntityPrefix + id
	}
	return ""
}
