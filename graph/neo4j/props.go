package neo4j

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"entente/graph"
	"entente/schema"
)

// props are the properties of a node or edge, or the columns of a row, as the driver takes them and gives them back: strings, int64, float64, bool,
// dates, and lists ([]any) of strings. What is empty is left out, as in the graph.
type props map[string]any

func (p props) setString(key, value string) {
	if value != "" {
		p[key] = value
	}
}

func (p props) setStrings(key string, values []string) {
	if len(values) > 0 {
		p[key] = list(values)
	}
}

func (p props) setInt(key string, value int) {
	if value != 0 {
		p[key] = int64(value)
	}
}

func (p props) setDay(key string, day time.Time) {
	if !day.IsZero() {
		p[key] = neo4j.DateOf(day)
	}
}

func (p props) string(key string) string {
	s, _ := p[key].(string)
	return s
}

func (p props) date(key string) schema.Date { return schema.Date(p.string(key)) }

func (p props) int(key string) int {
	n, _ := p[key].(int64)
	return int(n)
}

func (p props) float(key string) float64 {
	f, _ := p[key].(float64)
	return f
}

// strings is a list of strings, nil where there is none.
func (p props) strings(key string) []string {
	values, _ := p[key].([]any)
	var out []string
	for _, v := range values {
		s, _ := v.(string)
		out = append(out, s)
	}
	return out
}

// props is a nested map of a row.
func (p props) props(key string) props {
	m, _ := p[key].(map[string]any)
	return m
}

func list[S ~string](values []S) []any {
	out := make([]any, len(values))
	for i, v := range values {
		out[i] = string(v)
	}
	return out
}

// wordsOf are the words of a text as they are searched.
func wordsOf(text string) string { return strings.Join(graph.Words(text), " ") }

// digest is a short hash of a value's JSON.
func digest(v any) string {
	b, err := json.Marshal(v)
	if err != nil { // strings, numbers and lists of them
		return ""
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:12])
}

// articleProps are the properties of (:Article). `published` is the first day of the date and `when` the date as exactly as it is known.
func articleProps(a schema.Article) props {
	p := props{"id": a.ID, "digest": articleDigest(a)}
	p.setString("title", a.Title)
	p.setString("words", wordsOf(a.Title))
	p.setString("when", string(a.Published))
	p.setDay("published", a.Published.First())
	p.setString("publishedFrom", a.PublishedFrom)
	p.setString("source", a.Source)
	p.setString("url", a.URL)
	p.setString("text", a.Text)
	p.setString("sha256", a.SHA256)
	var furniture []string
	for _, f := range a.Furniture {
		furniture = append(furniture, fmt.Sprintf("%d-%d %s", f.Start, f.End, f.Kind))
	}
	p.setStrings("furniture", furniture)
	return p
}

// articleDigest is a hash of all but the text, of which it holds the digest.
func articleDigest(a schema.Article) string {
	a.Text = ""
	return digest(a)
}

func articleOf(p props) (schema.Article, error) {
	a := schema.Article{
		ID: p.string("id"), Title: p.string("title"), Published: p.date("when"), PublishedFrom: p.string("publishedFrom"), Source: p.string("source"),
		URL: p.string("url"), Text: p.string("text"), SHA256: p.string("sha256"),
	}
	for _, s := range p.strings("furniture") {
		var f schema.Furniture
		span, kind, _ := strings.Cut(s, " ")
		if _, err := fmt.Sscanf(span, "%d-%d", &f.Start, &f.End); err != nil {
			return a, fmt.Errorf("article %q: furniture %q: want START-END KIND", a.ID, s)
		}
		f.Kind = kind
		a.Furniture = append(a.Furniture, f)
	}
	return a, nil
}

// entityProps are the properties of (:Entity). Well-known codes have a property each; `codes` has all, as key=value.
func entityProps(e schema.Entity) props {
	p := props{"id": e.ID, "kind": string(e.Kind), "name": e.Name}
	p.setString("words", graph.NamesText(e))
	p.setStrings("aliases", e.Aliases)
	p.setString("state", e.State)
	var codes []string
	for _, k := range slices.Sorted(maps.Keys(e.Codes)) {
		codes = append(codes, k+"="+e.Codes[k])
	}
	p.setStrings("codes", codes)
	for _, k := range []string{"iso3", "cow", "gw", "wikidata"} {
		p.setString(k, e.Codes[k])
	}
	return p
}

func entityOf(p props) schema.Entity {
	e := schema.Entity{ID: p.string("id"), Kind: schema.Kind(p.string("kind")), Name: p.string("name"), Aliases: p.strings("aliases"), State: p.string("state")}
	for _, code := range p.strings("codes") {
		if e.Codes == nil {
			e.Codes = map[string]string{}
		}
		k, v, _ := strings.Cut(code, "=")
		e.Codes[k] = v
	}
	return e
}

// statement is an evidence as its reading has it, before any decision, with its place there.
type statement struct {
	graph.Statement
	n int // 0-based position among the evidences of the reading
}

// evidenceProps are the properties of (:Evidence): what it says, and under `triple`, `subject`, `relation`, `object`, `role`, `date`, `reported` and
// `undated` the identity of the triple as the reading has it; ids of entities are as loaded too. The edges lead to the entities in force.
func evidenceProps(s statement) props {
	e, t := s.Evidence, s.Triple
	p := props{
		"id": e.ID, "start": int64(e.Start), "end": int64(e.End), "quote": e.Quote, "status": string(e.Status), "extractor": e.Extractor, "n": int64(s.n),
		"triple": t.ID, "subject": t.Subject, "relation": string(t.Relation), "object": t.Object,
	}
	for key, value := range map[string]string{
		"role": t.Role, "date": string(t.Date), "reported": string(t.Reported), "undated": t.Article,
		"speaker": e.Speaker, "agent": e.Agent, "objectAgent": e.ObjectAgent, "initiator": e.Initiator, "mode": e.Mode, "place": e.Place,
		"basis": string(e.Basis), "from": string(e.From), "to": string(e.To), "rule": e.Rule, "model": e.Model,
	} {
		p.setString(key, value)
	}
	p.setString("words", wordsOf(e.Quote))
	p.setStrings("mediators", e.Mediators)
	p.setStrings("contexts", e.Contexts)
	p.setInt("group", e.Group)
	if e.Former {
		p["former"] = true
	}
	if e.Confidence != 0 {
		p["confidence"] = e.Confidence
	}
	return p
}

// statementOf reads a row with the properties of an evidence and those of its article that statements have.
func statementOf(row props) statement {
	v := row.props("evidence")
	former, _ := v["former"].(bool)
	s := statement{n: v.int("n")}
	s.Triple = schema.Triple{
		ID: v.string("triple"), Subject: v.string("subject"), Relation: schema.Relation(v.string("relation")), Object: v.string("object"),
		Role: v.string("role"), Date: v.date("date"), Reported: v.date("reported"), Article: v.string("undated"),
	}
	s.Evidence = graph.Evidence{
		Article: row.string("article"), Extractor: v.string("extractor"), Published: row.date("when"), Source: row.string("source"),
		Title: row.string("title"), URL: row.string("url"),
		Evidence: schema.Evidence{
			ID: v.string("id"), Start: v.int("start"), End: v.int("end"), Quote: v.string("quote"), Status: schema.Status(v.string("status")),
			Speaker: v.string("speaker"), Agent: v.string("agent"), ObjectAgent: v.string("objectAgent"), Initiator: v.string("initiator"),
			Mediators: v.strings("mediators"), Mode: v.string("mode"), Contexts: v.strings("contexts"), Place: v.string("place"),
			Basis: schema.Basis(v.string("basis")), From: v.date("from"), To: v.date("to"), Former: former, Group: v.int("group"),
			Rule: v.string("rule"), Model: v.string("model"), Confidence: v.float("confidence"),
		},
	}
	return s
}

// returnEvidence is what statementOf wants of a matched evidence v in an article a.
const returnEvidence = `properties(v) AS evidence, a.id AS article, a.when AS when, a.source AS source, a.title AS title, a.url AS url`

// tripleProps are the properties of (:Triple), all derived.
func tripleProps(t graph.Triple) props {
	info := t.Relation.Info()
	a, b := graph.ClaimOf(t.Triple).Pair()
	p := edgeProps(t)
	p["subject"], p["object"], p["type"] = t.Subject, t.Object, string(t.Relation)
	p["caption"] = caption(t, info)
	p["pair"] = dyadID(a, b)
	p["claim"] = graph.ClaimOf(t.Triple).String()
	days := graph.StandingOf(t)
	p["firstDay"], p["lastDay"] = int64(days.First), int64(days.Last)
	p["key"] = graph.SortKey(t.Triple)
	p.setString("reported", string(t.Reported))
	p.setString("undated", t.Article)
	p.setString("quad", string(info.Quad))
	p.setString("mode", t.Mode)
	p.setStrings("contexts", t.Contexts)
	p["says"] = list(says(t))
	return p
}

// edgeProps are the properties of the edge between the parties.
func edgeProps(t graph.Triple) props {
	p := props{"id": t.ID, "status": string(t.Status), "sources": int64(t.Sources), "confidence": t.Confidence}
	when := t.When()
	p.setDay("date", when.First())
	p.setDay("dateEnd", when.Last())
	p.setString("when", string(t.Date))
	p.setString("basis", string(t.Basis))
	if !t.Relation.Info().Tie {
		p["score"] = t.Score
		return p
	}
	p.setString("role", t.Role)
	p.setString("since", string(t.From))
	p.setString("until", string(t.To))
	p.setDay("from", t.From.First())
	p.setDay("to", t.To.Last())
	p.setDay("firstSeen", t.FirstSeen.First())
	p.setDay("lastSeen", t.LastSeen.Last())
	return p
}

// caption is what a node of the triple shows: "RUS accuses NATO 2010-12-09".
func caption(t graph.Triple, info schema.RelationInfo) string {
	s := t.Subject + " " + info.Label + " " + t.Object
	if when := t.When(); when != "" {
		s += " " + string(when)
	}
	return s
}

// says is the set of statuses that a triple's evidences have, sorted.
func says(t graph.Triple) []schema.Status {
	var out []schema.Status
	for _, e := range t.Evidences {
		out = append(out, e.Status)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// storedTriple is a triple as its node has it: enough for its standing in its claim.
func storedTriple(p props) graph.Triple {
	t := graph.Triple{Status: schema.Status(p.string("status"))}
	t.Triple = schema.Triple{
		ID: p.string("id"), Subject: p.string("subject"), Relation: schema.Relation(p.string("type")), Object: p.string("object"),
		Date: p.date("when"), Reported: p.date("reported"),
	}
	for _, s := range p.strings("says") {
		t.Evidences = append(t.Evidences, graph.Evidence{Evidence: schema.Evidence{Status: schema.Status(s)}})
	}
	return t
}

// dyadProps are the properties of DYAD.
func dyadProps(d graph.Dyad) props {
	p := props{"id": dyadID(d.A, d.B), "events": int64(d.Events), "net": d.Net, "coop": d.Coop, "conf": d.Conf}
	p.setDay("first", d.First.First())
	p.setDay("last", d.Last.Last())
	return p
}

// dyadID is the id of a pair: of no other, as ids hold no white space.
func dyadID(a, b string) string { return a + " " + b }

// readingID is the id of (:Reading).
func readingID(article, extractor string) string {
	return digest([]string{"reading", article, extractor})
}

// readingProps are the properties of (:Reading): what is not in the article, the evidences and the descriptions.
func readingProps(r schema.Reading) props {
	p := props{
		"id": readingID(r.Article.ID, r.Extractor.Name), "article": r.Article.ID, "extractor": r.Extractor.Name, "version": r.Extractor.Version,
		"digest": readingDigest(r), "name": r.Extractor.Name + " " + r.Extractor.Version,
	}
	if r.Entities != nil { // an empty list comes back as it was
		p["described"] = int64(len(r.Entities))
		entities := make([]string, len(r.Entities))
		for i, e := range r.Entities {
			entities[i] = descriptionID(e)
		}
		p.setStrings("entities", entities)
	}
	if r.Triples != nil {
		p["triples"] = int64(len(r.Triples))
	}
	return p
}

// readingDigest is a hash of all but the article.
func readingDigest(r schema.Reading) string {
	r.Article = schema.Article{}
	return digest(r)
}

func descriptionID(e schema.Entity) string { return digest(e) }

func runProps(r graph.Run, n int) (props, error) {
	b, err := json.Marshal(r)
	return props{"n": int64(n), "started": r.Started, "ended": r.Ended, "version": r.Version, "extractor": r.Extractor.Name + " " + r.Extractor.Version,
		"read": int64(r.Read), "failed": int64(r.Failed), "json": string(b)}, err
}

func decisionProps(d graph.Decision) props {
	p := props{"id": d.From, "into": d.Into}
	p.setString("by", d.By)
	p.setString("why", d.Why)
	p.setString("at", d.At)
	return p
}

func decisionOf(p props) graph.Decision {
	return graph.Decision{From: p.string("id"), Into: p.string("into"), By: p.string("by"), Why: p.string("why"), At: p.string("at")}
}

// plural is "1 node", "2 nodes".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return strconv.Itoa(n) + " " + noun + "s"
}
