package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"entente/graph"
	"entente/schema"
)

// body is what is kept of a reading beside its article and extractor, as loaded.
type body struct {
	Entities []schema.Entity `json:"entities"`
	Triples  []schema.Triple `json:"triples"`
}

func encodeBody(r schema.Reading) (string, error) { return encode(body{r.Entities, r.Triples}) }

// encode writes JSON that people can read: <, > and & stay as they are.
func encode(v any) (string, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return "", err
	}
	return string(bytes.TrimSuffix(b.Bytes(), []byte("\n"))), nil
}

// list is a list as a column: JSON, or empty text where there is nothing in it.
func list(ids []string) (string, error) {
	if len(ids) == 0 {
		return "", nil
	}
	return encode(ids)
}

func decode(column string, into any) error {
	if column == "" {
		return nil
	}
	return json.Unmarshal([]byte(column), into)
}

// querier is a connection or transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// each runs a query and hands every row to scan.
func each(ctx context.Context, q querier, query string, scan func(*sql.Rows) error, args ...any) error {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

const articleColumns = "a.id, a.title, a.published, a.published_from, a.source, a.url, a.sha256, a.furniture, a.text"

// articleTargets are where the columns of articleColumns go; furniture is decoded afterwards.
func articleTargets(a *schema.Article, furniture *string) []any {
	return []any{&a.ID, &a.Title, &a.Published, &a.PublishedFrom, &a.Source, &a.URL, &a.SHA256, furniture, &a.Text}
}

// articleValues are the columns of articleColumns.
func articleValues(a schema.Article) ([]any, error) {
	furniture := ""
	if len(a.Furniture) > 0 {
		var err error
		if furniture, err = encode(a.Furniture); err != nil {
			return nil, err
		}
	}
	return []any{a.ID, a.Title, string(a.Published), a.PublishedFrom, a.Source, a.URL, a.SHA256, furniture, a.Text}, nil
}

const evidenceColumns = `e.id, e.start_byte, e.end_byte, e.quote, e.status, e.speaker, e.agent, e.object_agent, e.initiator, e.mediators, e.mode, e.contexts, e.place,
	e.basis, e.since, e.until, e.former, e.clause, e.rule, e.model, e.confidence`

func evidenceValues(e schema.Evidence) ([]any, error) {
	mediators, err := list(e.Mediators)
	if err != nil {
		return nil, err
	}
	contexts, err := list(e.Contexts)
	if err != nil {
		return nil, err
	}
	return []any{e.ID, e.Start, e.End, e.Quote, string(e.Status), e.Speaker, e.Agent, e.ObjectAgent, e.Initiator, mediators, e.Mode, contexts, e.Place,
		string(e.Basis), string(e.From), string(e.To), e.Former, e.Group, e.Rule, e.Model, e.Confidence}, nil
}

// statementQuery reads statements as graph.Statement; a condition on e.triple follows.
const statementQuery = `select e.triple, ` + evidenceColumns + `, r.extractor, a.id, a.published, a.source, a.title, a.url
	from statement e join reading r on r.key = e.reading join article a on a.key = r.article where e.triple in (select value from json_each(?))`

// scanEvidence reads a row of statementQuery; triple is the key of its row.
func scanEvidence(rows *sql.Rows) (triple int64, e graph.Evidence, err error) {
	var mediators, contexts string
	err = rows.Scan(&triple, &e.ID, &e.Start, &e.End, &e.Quote, &e.Status, &e.Speaker, &e.Agent, &e.ObjectAgent, &e.Initiator, &mediators, &e.Mode, &contexts, &e.Place,
		&e.Basis, &e.Evidence.From, &e.Evidence.To, &e.Former, &e.Group, &e.Rule, &e.Model, &e.Confidence, &e.Extractor, &e.Article, &e.Published, &e.Source, &e.Title, &e.URL)
	if err == nil {
		err = decode(mediators, &e.Mediators)
	}
	if err == nil {
		err = decode(contexts, &e.Contexts)
	}
	return triple, e, err
}

const tripleColumns = `t.id, t.subject, t.relation, t.object, t.role, t.date, t.reported, t.article, t.status, t.mode, t.contexts, t.mediators, t.places, t.basis,
	t.score, t.sources, t.confidence, t.since, t.until, t.first_seen, t.last_seen`

// scanTriple reads tripleColumns, after other columns where there are targets for them; evidences are apart.
func scanTriple(rows *sql.Rows, before ...any) (graph.Triple, error) {
	var t graph.Triple
	var contexts, mediators, places string
	err := rows.Scan(append(before, &t.ID, &t.Subject, &t.Relation, &t.Object, &t.Role, &t.Date, &t.Reported, &t.Article, &t.Status, &t.Mode, &contexts, &mediators, &places,
		&t.Basis, &t.Score, &t.Sources, &t.Confidence, &t.From, &t.To, &t.FirstSeen, &t.LastSeen)...)
	for _, l := range []struct {
		column string
		into   *[]string
	}{{contexts, &t.Contexts}, {mediators, &t.Mediators}, {places, &t.Places}} {
		if err == nil {
			err = decode(l.column, l.into)
		}
	}
	return t, err
}

// derivedFrom is where in tripleValues the columns begin that can change.
const derivedFrom = 14

// tripleValues are the columns of the table triple but its key, in their order.
func tripleValues(t graph.Triple, standing graph.Standing) ([]any, error) {
	var columns [3]string
	for i, l := range [][]string{t.Contexts, t.Mediators, t.Places} {
		var err error
		if columns[i], err = list(l); err != nil {
			return nil, err
		}
	}
	var first, last any
	if when := t.When(); when != "" {
		first, last = string(schema.Day(when.First())), string(schema.Day(when.Last()))
	}
	return []any{t.ID, t.Subject, string(t.Relation), t.Object, t.Role, string(t.Date), string(t.Reported), t.Article, t.Relation.Info().Tie, graph.SortKey(t.Triple), first, last,
		standing.First, standing.Last, int(standing.Says), string(t.Status), t.Mode, columns[0], columns[1], columns[2], string(t.Basis), t.Score, t.Sources,
		t.Confidence, string(t.From), string(t.To), string(t.FirstSeen), string(t.LastSeen)}, nil
}

func scanEntity(rows *sql.Rows) (schema.Entity, error) {
	var e schema.Entity
	var aliases, codes string
	err := rows.Scan(&e.ID, &e.Kind, &e.Name, &aliases, &e.State, &codes)
	if err == nil {
		err = decode(aliases, &e.Aliases)
	}
	if err == nil {
		err = decode(codes, &e.Codes)
	}
	return e, err
}

func entityValues(e schema.Entity) ([]any, error) {
	aliases, err := list(e.Aliases)
	if err != nil {
		return nil, err
	}
	codes := ""
	if len(e.Codes) > 0 {
		if codes, err = encode(e.Codes); err != nil {
			return nil, err
		}
	}
	return []any{e.ID, string(e.Kind), e.Name, aliases, e.State, codes}, nil
}

// jsonIDs is ids as the parameter of json_each.
func jsonIDs(ids []string) (string, error) {
	if len(ids) == 0 {
		return "[]", nil
	}
	return encode(ids)
}

const dyadQuery = "select a, b, events, net, coop, conf, coalesce(first_day, ''), coalesce(last_day, '') from dyad order by a, b"

// scanDyad reads a row of dyadQuery.
func scanDyad(rows *sql.Rows) (graph.Dyad, error) {
	var d graph.Dyad
	err := rows.Scan(&d.A, &d.B, &d.Events, &d.Net, &d.Coop, &d.Conf, &d.First, &d.Last)
	return d, err
}

// readReadings loads the readings selected by where (over article a and reading r), in the order of article and extractor, with the keys of their
// rows. It fails for one that cannot be decoded.
func readReadings(ctx context.Context, q querier, where string, yield func(article, reading int64, r schema.Reading) error, args ...any) error {
	return readSound(ctx, q, where, yield, func(e *graph.ReadingError) error { return e }, args...)
}

// readSound is readReadings with a word in what happens with readings that cannot be decoded.
func readSound(ctx context.Context, q querier, where string, yield func(article, reading int64, r schema.Reading) error, unsound func(*graph.ReadingError) error, args ...any) error {
	query := "select a.key, r.key, " + articleColumns + ", r.extractor, r.version, r.body from reading r join article a on a.key = r.article " + where + " order by a.id, r.extractor"
	index := -1
	return each(ctx, q, query, func(rows *sql.Rows) error {
		index++
		var article, reading int64
		var furniture, content string
		var r schema.Reading
		targets := append([]any{&article, &reading}, articleTargets(&r.Article, &furniture)...)
		if err := rows.Scan(append(targets, &r.Extractor.Name, &r.Extractor.Version, &content)...); err != nil {
			return err
		}
		var b body
		err := decode(furniture, &r.Article.Furniture)
		if err == nil {
			err = decode(content, &b)
		}
		if err != nil {
			return unsound(&graph.ReadingError{Index: index, Article: r.Article.ID, Extractor: r.Extractor.Name,
				Err: fmt.Errorf("the reading of %s by %s as stored: %w: %w", r.Article.ID, r.Extractor.Name, graph.ErrUnreadable, err)})
		}
		r.Entities, r.Triples = b.Entities, b.Triples
		return yield(article, reading, r)
	}, args...)
}
