// Package graph keeps readings and answers from them. The way of a reading:
//
//  1. Load takes readings from an extractor or a file and hands them to a Store in batches
//  2. Store.Upsert keeps each as the word of its article and extractor, replacing the earlier one, and derives the graph again where it was touched
//  3. Derive makes of all evidences for a triple its status, sources, mode and confidence; Dyads sums up the pairs
//  4. Store.Triples, Timeline and the commands read the derived graph
//
// memory, sqlite and neo4j are the stores; graphtest is what every store promises. graph never imports extract.
package graph

import (
	"context"
	"iter"

	"entente/schema"
)

// Store keeps readings. Its methods are safe for concurrent use; writes are serialized. Sequences are single-use, in a fixed order,
// and see the store as it was when iteration began. Ids are ours, never the database's.
type Store interface {
	// Upsert stores the readings in one transaction: all or none. A reading replaces the earlier one of the same article and extractor.
	// The same reading twice changes nothing. It fails without a trace if a reading does not pass Check. The article of a reading replaces
	// the stored article of that id (readings of other extractors whose text differs are dropped with it, since their offsets are void): see
	// Replace. A reading that cannot be stored is named by a *ReadingError.
	Upsert(ctx context.Context, readings ...schema.Reading) (Changes, error)
	// Triples yields the derived triples that q selects, ordered by first day of When, then by String; undated, unreported ones last.
	Triples(ctx context.Context, q Query) iter.Seq2[Triple, error]
	// Articles yields all articles in the order of their ids, with their text.
	Articles(ctx context.Context) iter.Seq2[schema.Article, error]
	// Entities yields all entities that a triple or evidence of a reading names, in the order of their ids, merged ones as one: see DeriveEntity.
	Entities(ctx context.Context) iter.Seq2[schema.Entity, error]
	// Readings yields every stored reading as it was loaded, in the order of article id and extractor name.
	Readings(ctx context.Context) iter.Seq2[schema.Reading, error]
	// Forget removes articles with all that they said. Unknown ids are ignored.
	Forget(ctx context.Context, articles ...string) (Changes, error)
	// Merge records the decision that From is the same entity as Into. It is applied when the graph is derived, so Split takes it back
	// without loss; the id From keeps resolving to Into in queries. A decision replaces an earlier one of the same From; neither id has to be
	// in the store yet.
	Merge(ctx context.Context, d Decision) error
	// Split takes back the decision that merged From, and fails with ErrNotMerged where there is none.
	Split(ctx context.Context, from string) error
	// Decisions yields the merges in force, in the order of From.
	Decisions(ctx context.Context) iter.Seq2[Decision, error]
	// Stats counts what is in the store.
	Stats(ctx context.Context) (Stats, error)
	Close() error
}

// Journal is a Store that also knows which articles it has read, so that a run can go on where the last one stopped, and keeps a
// record of runs. All three stores are one.
type Journal interface {
	// Seen returns the SHA256 of the article's text as last read by the extractor of that name and version, "" where it was not.
	Seen(ctx context.Context, article string, by schema.Extractor) (sha256 string, err error)
	// AddRun records a run and Runs yields them, in the order in which they were recorded.
	AddRun(ctx context.Context, r Run) error
	Runs(ctx context.Context) iter.Seq2[Run, error]
}

// Changes counts what a write did, from before to after all of it: articles; and of the derived graph entities, triples (changed where
// something differs besides their evidences) and evidences (those of triples that are shown).
type Changes struct {
	Articles Change `json:"articles"`
	Entities Change `json:"entities"`
	Triples  Change `json:"triples"`
	Evidence Change `json:"evidence"`
}

// Change counts rows of one sort.
type Change struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Removed int `json:"removed"`
}

// Zero reports whether nothing was changed.
func (c Changes) Zero() bool { return c == Changes{} }

// Add is the sum of two counts.
func (c Changes) Add(o Changes) Changes {
	return Changes{c.Articles.Add(o.Articles), c.Entities.Add(o.Entities), c.Triples.Add(o.Triples), c.Evidence.Add(o.Evidence)}
}

// Add is the sum of two counts.
func (c Change) Add(o Change) Change {
	return Change{c.Added + o.Added, c.Changed + o.Changed, c.Removed + o.Removed}
}

// Query selects triples; its zero value selects all. Fields are joined by "and", the values of one field by "or".
type Query struct {
	IDs       []string          // triple ids; ids from before a merge keep resolving
	Of        []string          // entity ids: one of them is a party
	With      []string          // entity ids: one of them is the other party; only together with Of
	Subject   []string          // entity ids: one of them is the subject
	Object    []string          // entity ids: one of them is the object
	Relations []schema.Relation // types
	// From and To bound When, both ends included; empty is open. A triple is in when its When overlaps; one without When is out when either is set.
	From, To      schema.Date
	Statuses      []schema.Status // derived statuses
	Articles      []string        // article ids: one of them is among the evidence
	MinConfidence float64
	Limit         int // 0: no limit
}

// Triple is a triple as the graph holds it: its identity, with entities merged by decision, and what follows from all its evidences.
type Triple struct {
	schema.Triple               // Evidence is nil here: see Evidences
	Status        schema.Status `json:"status"`
	Mode          string        `json:"mode,omitempty"`
	Contexts      []string      `json:"contexts,omitempty"`
	Mediators     []string      `json:"mediators,omitempty"`
	Places        []string      `json:"places,omitempty"`
	Basis         schema.Basis  `json:"basis,omitempty"`
	Score         float64       `json:"score"`      // of its mode
	Sources       int           `json:"sources"`    // articles that speak of it, near-copies of one another counted once
	Confidence    float64       `json:"confidence"` // 1 - the product of (1 - c) over independent sources
	From          schema.Date   `json:"from,omitempty"`
	To            schema.Date   `json:"to,omitempty"`
	FirstSeen     schema.Date   `json:"first_seen,omitempty"` // of a tie: publication day of the first and last article that states it
	LastSeen      schema.Date   `json:"last_seen,omitempty"`
	Evidences     []Evidence    `json:"evidences"` // ordered by published, article, span
}

// Evidence is an evidence with the article it stands in.
type Evidence struct {
	schema.Evidence
	Article   string      `json:"article"`
	Extractor string      `json:"extractor"`
	Published schema.Date `json:"published,omitempty"`
	Source    string      `json:"source,omitempty"`
	Title     string      `json:"title,omitempty"`
	URL       string      `json:"url,omitempty"`
}

// Decision is that two ids name one entity.
type Decision struct {
	From string `json:"from"`
	Into string `json:"into"`
	By   string `json:"by,omitempty"`
	Why  string `json:"why,omitempty"`
	At   string `json:"at,omitempty"` // RFC 3339
}

// Stats counts what is in a store.
type Stats struct {
	Articles   int                     `json:"articles"`
	Readings   int                     `json:"readings"`
	Entities   int                     `json:"entities"`
	Triples    int                     `json:"triples"`
	Evidence   int                     `json:"evidence"`
	Pairs      int                     `json:"pairs"` // dyads: pairs of parties with an event between them that is asserted or disputed
	Relations  map[schema.Relation]int `json:"relations"`
	Extractors map[string]int          `json:"extractors"` // readings by "name version"
}

// Run is the record of one ingest or load: what a paper cites.
type Run struct {
	Started   string           `json:"started"` // RFC 3339
	Ended     string           `json:"ended"`
	Arguments []string         `json:"arguments"`
	Extractor schema.Extractor `json:"extractor"`
	Version   string           `json:"version"` // of the program
	Read      int              `json:"read"`
	Skipped   int              `json:"skipped"`
	Failed    int              `json:"failed"`
	Changes   Changes          `json:"changes"`
}
