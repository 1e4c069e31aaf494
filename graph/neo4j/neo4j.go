// Package neo4j is a graph.Store in a Neo4j 5 server, made to be asked in Cypher and looked at in Neo4j Browser:
//
//	(:Entity:State|Organization|Person|Group|Place {id, name, aliases, kind, state, codes, iso3, cow, gw, wikidata, words})
//	(a:Entity)-[:ACCUSE {id, date, dateEnd, when, basis, score, status, sources, confidence}]->(b:Entity)    one edge per event or tie
//	(:Triple:Event {id, type, subject, object, mode, caption, date, dateEnd, when, basis, score, quad, contexts, status, sources, confidence})
//	(:Triple:Tie   {id, type, subject, object, role, from, to, firstSeen, lastSeen, since, until, ...})
//	  -[:SUBJECT|OBJECT|MEDIATOR|PLACE]->(:Entity)
//	  -[:EVIDENCE]->(:Evidence {id, quote, start, end, status, mode, basis, rule, confidence, ...})-[:IN]->(:Article {id, title, published, when, source, url, text})
//	                (:Evidence)-[:SAID_BY|AGENT|OBJECT_AGENT|INITIATOR]->(:Entity)
//	(a)-[:DYAD {id, events, net, coop, conf, first, last}]->(b)                                              summary of a pair, a.id < b.id
//
// The truth is what was loaded: Article, Reading, Description (an entity as a reading describes it), Evidence and Decision.
//
//	(:Reading {extractor, version, entities})-[:OF]->(:Article), (:Reading)-[:NAMES|DECLARES]->(:Description {entity, json})
//	(:Decision {id, into, by, why, at}), (:Former {id})-[:NOW]->(:Triple), (:Run {n, json}), (:Entente {id, model})
//
// Entity, Triple and all edges between them are derived from that in the transaction that changes it, by the functions of package graph, and
// only where they differ. A Reading's NAMES are the entities that its evidences name, DECLARES the others that it lists. An Evidence keeps the
// ids of entities as loaded; its edges lead to the entities in force after decisions. `when`, `since` and `until` are dates as exactly as they are
// known; `date`, `dateEnd`, `from`, `to`, `published` are days of Neo4j's type: the first and last day of those, or of the day of the report.
package neo4j

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/notifications"

	"entente/graph"
)

// Options say where the graph is. Address is needed, the rest has defaults.
type Options struct {
	// Address is bolt://HOST[:7687] (one server), neo4j://HOST (a server or cluster that routes), or one of these with +s (TLS) or +ssc (TLS,
	// certificate not checked).
	Address  string
	User     string // default "neo4j"
	Password string // empty: no authentication
	Database string // default "neo4j"
	// UserAgent is how the server's logs name the program; default "entente".
	UserAgent string
	// Timeout bounds the attempt to connect; default 5 s.
	Timeout time.Duration
	// ReadOnly is to read a graph as it is: nothing is made that is missing, and the graph may be of an older model. A write fails.
	ReadOnly bool
}

// Store is a graph.Store and graph.Journal in a Neo4j database. Readers and writers of one Store do not see half of each other's work; a reader
// beside a writer in another process may.
type Store struct {
	mu        sync.RWMutex // held for reading while a sequence is fetched, for writing during a write
	driver    neo4j.DriverWithContext
	bookmarks neo4j.BookmarkManager
	address   string // without user and password
	database  string
	readOnly  bool
}

var (
	_ graph.Store   = (*Store)(nil)
	_ graph.Journal = (*Store)(nil)
)

// Open connects to the server, checks that it can be used, and makes constraints and indexes where they are missing. Every error is a *Error
// that names what is wrong and the cure, or that of ctx. A database that holds something else, or a graph of another model, is not touched.
func Open(ctx context.Context, o Options) (*Store, error) {
	address, err := checkAddress(o.Address)
	if err != nil {
		return nil, err
	}
	s := &Store{address: address, database: cmp.Or(o.Database, "neo4j"), readOnly: o.ReadOnly}
	auth := neo4j.NoAuth()
	if o.Password != "" {
		auth = neo4j.BasicAuth(cmp.Or(o.User, "neo4j"), o.Password, "")
	}
	s.driver, err = neo4j.NewDriverWithContext(address, auth, func(c *config.Config) {
		c.UserAgent = cmp.Or(o.UserAgent, "entente")
		c.TelemetryDisabled = true
		c.MaxConnectionPoolSize = 16
		c.SocketConnectTimeout = cmp.Or(o.Timeout, 5*time.Second)
		c.MaxTransactionRetryTime = 15 * time.Second // a server that restarts is waited for
		c.NotificationsMinSeverity = notifications.DisabledLevel
	})
	if err != nil {
		return nil, &Error{Fault: BadAddress, Address: address, Message: err.Error(), Err: err}
	}
	s.bookmarks = neo4j.NewBookmarkManager(neo4j.BookmarkManagerConfig{})
	if err := s.prepare(ctx); err != nil {
		return nil, errors.Join(err, s.driver.Close(context.WithoutCancel(ctx)))
	}
	return s, nil
}

// Close implements graph.Store.
func (s *Store) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	return s.driver.Close(ctx)
}

// checkAddress refuses what the driver would not understand, or would understand as another address, and returns it without user and password.
func checkAddress(s string) (string, error) {
	bad := func(message string) (string, error) {
		return "", &Error{Fault: BadAddress, Address: s, Message: message}
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" {
		return bad("not an address; want bolt://HOST:7687 or neo4j://HOST:7687")
	}
	u.User = nil
	s = u.String()
	host := u.Hostname()
	switch u.Scheme {
	case "bolt", "bolt+s", "bolt+ssc", "neo4j", "neo4j+s", "neo4j+ssc":
	case "http", "https":
		return bad(fmt.Sprintf("%s is the address of Neo4j Browser; programs speak Bolt: use bolt://%s:7687", u.Scheme, host))
	default:
		return bad(fmt.Sprintf("unknown scheme %q; want bolt, neo4j, or one of them with +s (TLS) or +ssc (TLS, certificate not checked)", u.Scheme))
	}
	if p := u.Port(); p == "7474" || p == "7473" {
		return bad(fmt.Sprintf("port %s is that of Neo4j Browser; Bolt is on 7687: use %s://%s:7687", p, u.Scheme, host))
	}
	return s, nil
}

// prepare is the preflight. VerifyConnectivity fails at once where a query would retry in silence, but is content with a password that
// must be changed; so a query on the database itself follows.
func (s *Store) prepare(ctx context.Context) error {
	if err := s.driver.VerifyConnectivity(ctx); err != nil {
		return s.explain(ctx, err)
	}
	rows, err := s.read(ctx, func(t *tx) ([]props, error) {
		return t.rows("CALL dbms.components() YIELD name, versions WHERE name = 'Neo4j Kernel' RETURN versions[0] AS version", nil)
	})
	if err != nil {
		return err
	}
	if len(rows) == 1 && tooOld(rows[0].string("version")) {
		return &Error{Fault: BadVersion, Address: s.address, Message: fmt.Sprintf("the server is Neo4j %s; 5.7 or later is needed", rows[0].string("version"))}
	}
	if err := s.checkModel(ctx); err != nil {
		return err
	}
	if s.readOnly {
		return nil
	}
	if err := s.makeSchema(ctx); err != nil {
		return err
	}
	return s.write(ctx, func(t *tx) error {
		return t.run("MERGE (e:Entente {id: 'graph'}) ON CREATE SET e.model = $model", props{"model": int64(Model)})
	})
}

// tooOld reports whether a version is before 5.7, the first with uniqueness constraints on relationships.
func tooOld(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	a, err := strconv.Atoi(major)
	if err != nil {
		return false
	}
	b, _ := strconv.Atoi(strings.TrimRight(minor, "-abcdefghijklmnopqrstuvwxyz"))
	return a < 5 || a == 5 && b < 7
}

// checkModel refuses a graph of another model, and a database that is not empty and not ours.
func (s *Store) checkModel(ctx context.Context) error {
	rows, err := s.read(ctx, func(t *tx) ([]props, error) {
		return t.rows("OPTIONAL MATCH (e:Entente {id: 'graph'}) RETURN e.model AS model, EXISTS { MATCH () } AS full", nil)
	})
	if err != nil {
		return err
	}
	if len(rows) == 0 {
		return nil
	}
	full, _ := rows[0]["full"].(bool)
	switch model, ours := rows[0]["model"].(int64); {
	case ours && model > Model:
		return &Error{Fault: BadModel, Address: s.address, Message: fmt.Sprintf(
			"the graph in database %s has model %d, newer than this program's %d; use a newer program", s.database, model, Model)}
	case ours && model != Model && !s.readOnly:
		return &Error{Fault: BadModel, Address: s.address, Message: fmt.Sprintf(
			"the graph in database %s has model %d, and this program writes model %d; copy it into an empty database or a file: entente copy %s NEW", s.database, model, Model, s.address)}
	case !ours && full:
		return &Error{Fault: Foreign, Address: s.address, Message: fmt.Sprintf(
			"database %s is not empty, and what is in it is not a graph of this program; give another server or database, or empty it with MATCH (n) DETACH DELETE n", s.database)}
	}
	return nil
}

// makeSchema runs the statements of the schema whose constraint or index is not there yet.
func (s *Store) makeSchema(ctx context.Context) error {
	rows, err := s.read(ctx, func(t *tx) ([]props, error) {
		indexes, err := t.rows("SHOW INDEXES YIELD name", nil)
		if err != nil {
			return nil, err
		}
		constraints, err := t.rows("SHOW CONSTRAINTS YIELD name", nil)
		return append(indexes, constraints...), err
	})
	if err != nil {
		return err
	}
	there := map[string]bool{}
	for _, row := range rows {
		there[row.string("name")] = true
	}
	var missing []string
	for _, st := range schemaStatements() {
		if !there[st.name] {
			missing = append(missing, st.cypher)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return s.write(ctx, func(t *tx) error {
		for _, cypher := range missing {
			if err := t.run(cypher, nil); err != nil {
				return err
			}
		}
		return nil
	})
}
