package neo4j_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"entente/graph/graphtest"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
)

// wantFault fails unless err is one line that names the fault, the address and each of the words.
func wantFault(t *testing.T, err error, fault neo4j.Fault, words ...string) {
	t.Helper()
	e, ok := errors.AsType[*neo4j.Error](err)
	if !ok {
		t.Fatalf("error %T %v; want a *neo4j.Error", err, err)
	}
	if e.Fault != fault {
		t.Errorf("fault %q (%v); want %q", e.Fault, err, fault)
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%q does not say %q", err, w)
		}
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("%q is more than one line", err)
	}
}

func TestOpenAddress(t *testing.T) {
	for _, c := range []struct {
		address string
		words   []string
	}{
		{"", []string{"not an address", "bolt://HOST:7687"}},
		{"localhost", []string{"not an address"}},
		{"localhost:7687", []string{"bolt://HOST:7687"}},
		{"http://localhost:7474", []string{"Neo4j Browser", "bolt://localhost:7687"}},
		{"https://db.example.org/browser/", []string{"bolt://db.example.org:7687"}},
		{"bolt://localhost:7474", []string{"7474", "bolt://localhost:7687"}},
		{"neo4j+s://db.example.org:7473", []string{"neo4j+s://db.example.org:7687"}},
		{"redis://localhost", []string{`unknown scheme "redis"`, "+ssc"}},
		{"bolt://%zz", []string{"not an address"}},
	} {
		_, err := neo4j.Open(t.Context(), neo4j.Options{Address: c.address})
		wantFault(t, err, neo4j.BadAddress, c.words...)
	}
}

// TestOpenFaults brings about what may be wrong with a real server.
func TestOpenFaults(t *testing.T) {
	server := neo4jtest.Open(t)
	at := func(change func(o *neo4j.Options)) error {
		o := options(server)
		o.Timeout = time.Second
		change(&o)
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		defer cancel()
		start := time.Now()
		store, err := neo4j.Open(ctx, o)
		if err == nil {
			store.Close()
			t.Fatal("opened")
		}
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%v after %v: too late", err, took)
		}
		return err
	}
	host := strings.TrimPrefix(server.URL, "bolt://")
	t.Run("closed port", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		address := "bolt://" + l.Addr().String()
		l.Close()
		wantFault(t, at(func(o *neo4j.Options) { o.Address = address }), neo4j.BadAddress, address, "nobody answers", "start Neo4j")
		routed := strings.Replace(address, "bolt", "neo4j", 1)
		wantFault(t, at(func(o *neo4j.Options) { o.Address = routed }), neo4j.BadAddress, routed, "nobody answers")
	})
	t.Run("no such host", func(t *testing.T) {
		wantFault(t, at(func(o *neo4j.Options) { o.Address = "bolt://no-such-host.invalid:7687" }), neo4j.BadAddress, "nobody answers")
	})
	t.Run("port of the Browser", func(t *testing.T) {
		if server.HTTP == "" {
			t.Skip("the port of HTTP is not known")
		}
		u, err := url.Parse(server.HTTP)
		if err != nil {
			t.Fatal(err)
		}
		wantFault(t, at(func(o *neo4j.Options) { o.Address = "bolt://" + u.Host }), neo4j.BadAddress, "web server", "7687")
	})
	t.Run("TLS to a plain port", func(t *testing.T) {
		for _, scheme := range []string{"bolt+s", "bolt+ssc", "neo4j+s"} {
			plain, _, _ := strings.Cut(scheme, "+")
			wantFault(t, at(func(o *neo4j.Options) { o.Address = scheme + "://" + host }), neo4j.BadTLS, "does not speak TLS", plain+"://"+host)
		}
	})
	t.Run("unknown database", func(t *testing.T) {
		wantFault(t, at(func(o *neo4j.Options) { o.Database = "nope" }), neo4j.BadDatabase, `"nope"`, "SHOW DATABASES")
	})
	t.Run("password in the address", func(t *testing.T) {
		err := at(func(o *neo4j.Options) { o.Address, o.Password = "bolt://neo4j:hush@"+host, "also wrong" })
		wantFault(t, err, neo4j.BadCredentials)
		if strings.Contains(err.Error(), "hush") {
			t.Errorf("%v tells the password", err)
		}
	})
	user := func(t *testing.T, rest string) (name, password string) {
		name, password = "user"+fmt.Sprint(time.Now().UnixNano()), "a password of that user"
		server.RunSystem(t, "CREATE USER "+name+" SET PASSWORD $password "+rest, map[string]any{"password": password})
		t.Cleanup(func() { server.RunSystem(t, "DROP USER "+name, nil) })
		return name, password
	}
	t.Run("wrong password", func(t *testing.T) {
		name, _ := user(t, "CHANGE NOT REQUIRED")
		for range 3 {
			wantFault(t, at(func(o *neo4j.Options) { o.User, o.Password = name, "wrong" }), neo4j.BadCredentials, server.URL, "ENTENTE_NEO4J_PASSWORD")
		}
		wantFault(t, at(func(o *neo4j.Options) { o.User, o.Password = name, "wrong" }), neo4j.BadCredentials, "wait", "ENTENTE_NEO4J_PASSWORD")
	})
	t.Run("no password", func(t *testing.T) {
		wantFault(t, at(func(o *neo4j.Options) { o.Password = "" }), neo4j.BadCredentials, "ENTENTE_NEO4J_PASSWORD")
	})
	t.Run("expired password", func(t *testing.T) {
		name, password := user(t, "CHANGE REQUIRED")
		wantFault(t, at(func(o *neo4j.Options) { o.User, o.Password = name, password }), neo4j.ExpiredLogin, "ALTER CURRENT USER SET PASSWORD")
	})
	t.Run("a database with something else", func(t *testing.T) {
		server := neo4jtest.Open(t)
		server.Run(t, "CREATE (:Movie {title: 'The Third Man'})", nil)
		wantFault(t, at(func(*neo4j.Options) {}), neo4j.Foreign, "not empty")
		if rows := server.Run(t, "MATCH (n) RETURN labels(n) AS l", nil); len(rows) != 1 {
			t.Errorf("what was there is %v now", rows)
		}
	})
	t.Run("another model", func(t *testing.T) {
		server := neo4jtest.Open(t)
		server.Run(t, "CREATE (:Entente {id: 'graph', model: 99})", nil)
		wantFault(t, at(func(*neo4j.Options) {}), neo4j.BadModel, "model 99", "newer")
		server.Run(t, "MATCH (e:Entente) SET e.model = 0", nil)
		wantFault(t, at(func(*neo4j.Options) {}), neo4j.BadModel, "model 0", "empty database")
	})
}

// TestDeadline puts a deadline into a query and a write: what comes back is that, not what the driver makes of it.
func TestDeadline(t *testing.T) {
	store := open(t, neo4jtest.Open(t))
	defer store.Close()
	ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
	defer cancel()
	_, rows, err := store.Query(ctx, "UNWIND range(1, 1000000000) AS x RETURN count(x * x) AS n", nil)
	if err == nil {
		for _, err = range rows {
		}
	}
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("query: %T %v; want the deadline", err, err)
	}
	if _, err := store.Upsert(ctx, articles(t, 0, 1)...); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("upsert: %T %v; want the deadline", err, err)
	}
	if _, err := neo4j.Open(ctx, neo4j.Options{Address: "bolt://127.0.0.1:9"}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("open: %T %v; want the deadline", err, err)
	}
	if c, err := store.Upsert(t.Context(), articles(t, 0, 1)...); err != nil || c.Articles.Added != 1 {
		t.Errorf("after that: %+v, %v", c, err)
	}
}

// TestCancelledWrite stops writes at many moments: each is written whole or not at all, and can be done again.
func TestCancelledWrite(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	if _, err := store.Upsert(t.Context(), articles(t, 0, 20)...); err != nil {
		t.Fatal(err)
	}
	stopped := 0
	for i, after := range []time.Duration{2, 5, 10, 20, 40, 80, 160, 320} {
		rs := articles(t, 20+60*i, 60)
		before := count(t, server)
		ctx, cancel := context.WithTimeout(t.Context(), after*time.Millisecond)
		_, err := store.Upsert(ctx, rs...)
		cancel()
		whole := false // a stop that meets the commit under way may come too late: then all of it is there
		if err != nil {
			stopped++
			if !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("stopped after %d ms: %T %v", after, err, err)
			}
			settle(t, store)
			whole = count(t, server) != before
		}
		changes, err := store.Upsert(t.Context(), rs...)
		if err != nil {
			t.Fatal(err)
		}
		if whole && !changes.Zero() {
			t.Errorf("stopped after %d ms: a part was written, the next run still changed %+v", after, changes)
		}
	}
	if stopped == 0 {
		t.Error("no write was stopped")
	}
	consistent(t, server, store)
}

// TestEmptiedMeanwhile empties the database under an open store.
func TestEmptiedMeanwhile(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	server.Run(t, "MATCH (n) DETACH DELETE n", nil)
	_, err := store.Upsert(t.Context(), articles(t, 0, 1)...)
	wantFault(t, err, neo4j.BadModel, server.URL, "open it again")
}

// TestOtherHands removes a node that a write needs: the write fails whole, and says so.
func TestOtherHands(t *testing.T) {
	server := neo4jtest.Open(t)
	store := open(t, server)
	defer store.Close()
	story := graphtest.Story{ID: "a", Says: []string{"RUS ACCUSE NATO 2010 | asserted", "UN AID RUS 2010 | asserted"}}
	if _, err := store.Upsert(t.Context(), story.Reading(t)); err != nil {
		t.Fatal(err)
	}
	server.Run(t, "MATCH (t:Triple {type: 'ACCUSE'}) DETACH DELETE t", nil)
	before := count(t, server)
	story.Says = []string{"RUS ACCUSE NATO 2010 | asserted agent=envoy", "UN AID USA 2010 | asserted"}
	_, err := store.Upsert(t.Context(), story.Reading(t))
	wantFault(t, err, neo4j.Other, server.URL, "other hands")
	if after := count(t, server); after != before {
		t.Errorf("%s nodes and edges after a failed write, %s before", after, before)
	}
}

func count(t *testing.T, s *neo4jtest.Server) string {
	row := s.Run(t, "MATCH (n) OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS edges", nil)[0]
	return fmt.Sprint(row["nodes"], " ", row["edges"])
}

// TestTwoWriters writes from two stores, as two processes would.
func TestTwoWriters(t *testing.T) {
	server := neo4jtest.Open(t)
	one, two := open(t, server), open(t, server)
	defer one.Close()
	defer two.Close()
	done := make(chan error)
	for i, s := range []*neo4j.Store{one, two} {
		go func() {
			var err error
			for batch := range 5 {
				if err == nil {
					_, err = s.Upsert(t.Context(), articles(t, 20*batch+10*i, 10)...)
				}
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	st, err := one.Stats(t.Context())
	if err != nil || st.Articles != 100 {
		t.Errorf("%d articles, error %v; want 100", st.Articles, err)
	}
	consistent(t, server, one)
}
