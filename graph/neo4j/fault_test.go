package neo4j_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/graph/graphtest"
	"entente/graph/memory"
	"entente/graph/neo4j"
	"entente/graph/neo4j/neo4jtest"
	"entente/schema"
)

// batchSize is how many readings the tests below write at once.
const batchSize = 20

// loadAll writes readings in batches until one fails, and returns how many were stored as far as it was told.
func loadAll(t *testing.T, s *neo4j.Store, readings []schema.Reading, stored func(n int)) (int, error) {
	t.Helper()
	for i := 0; i < len(readings); i += batchSize {
		if _, err := s.Upsert(t.Context(), readings[i:min(i+batchSize, len(readings))]...); err != nil {
			return i, err
		}
		stored(i + batchSize)
	}
	return len(readings), nil
}

// wholeAfter looks at a graph after a fault: what was told to be stored is there, each batch whole; nothing is damaged; and when the
// rest is loaded the graph is the same as one that had no fault.
func wholeAfter(t *testing.T, s *neo4j.Store, readings []schema.Reading, told int) {
	t.Helper()
	settle(t, s)
	st, err := s.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if st.Articles < told || st.Articles%batchSize != 0 {
		t.Errorf("%d articles; the program was told that %d are stored, in batches of %d", st.Articles, told, batchSize)
	}
	if ds := damages(t, s); len(ds) > 0 {
		t.Errorf("damaged: %v", ds)
	}
	if _, err := loadAll(t, s, readings, func(int) {}); err != nil {
		t.Fatal(err)
	}
	want := memory.New()
	if _, err := want.Upsert(t.Context(), readings...); err != nil {
		t.Fatal(err)
	}
	if graphtest.Dump(t, s) != graphtest.Dump(t, want) {
		t.Error("the graph is not as one that had no fault")
	}
}

// settle waits until the server has nothing under way but what asks it: a commit that it heard of goes on when the client is gone, and what is
// looked at in several queries meanwhile is of two states.
func settle(t *testing.T, s *neo4j.Store) {
	t.Helper()
	for begin := time.Now(); time.Since(begin) < 20*time.Second; time.Sleep(100 * time.Millisecond) {
		_, rows, err := s.Query(t.Context(), "SHOW TRANSACTIONS YIELD transactionId", nil)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, err := range rows {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n <= 1 {
			return
		}
	}
	t.Error("the server is still busy after 20 s")
}

// TestKilledServer kills the server inside a batch, at a moment that a kept seed chooses, and starts it again.
func TestKilledServer(t *testing.T) {
	if testing.Short() {
		t.Skip("starts a server twice")
	}
	server := neo4jtest.OpenMortal(t)
	readings := articles(t, 0, 10*batchSize)
	rng := rand.New(rand.NewPCG(4, 5))
	s := open(t, server.Server)
	if _, err := loadAll(t, s, readings[:batchSize], func(int) {}); err != nil { // the server is warm then
		t.Fatal(err)
	}
	first := make(chan struct{})
	var once sync.Once
	result := make(chan error, 1)
	told := 0
	go func() {
		n, err := loadAll(t, s, readings, func(int) { once.Do(func() { close(first) }) })
		told = n
		result <- err
	}()
	<-first
	time.Sleep(time.Duration(rng.IntN(400)) * time.Millisecond)
	server.Kill()
	server.Restart(t)
	err := <-result // the driver tries again for a while: the server may be back in time
	t.Logf("%d stored, then %v", told, err)
	if e, ok := errors.AsType[*neo4j.Error](err); err != nil && (!ok || e.Fault != neo4j.Unavailable && e.Fault != neo4j.BadAddress || strings.Contains(e.Error(), "\n")) {
		t.Errorf("a server that was killed is told of as %v", err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	s = open(t, server.Server)
	defer s.Close()
	wholeAfter(t, s, readings, told)
}

// commit is how a client asks for a commit in Bolt: a chunk of two bytes, a message without fields.
var commit = []byte{0, 2, 0xb0, 0x12, 0, 0}

// cutter stands between a client and a server and cuts the connection at one commit.
type cutter struct {
	net.Listener
	server string
	mu     sync.Mutex
	at     int  // the commit at which it cuts: 1 is the next; 0: none
	late   bool // after the server was asked, before it can answer; else the server never hears of it
	cuts   int
}

func newCutter(t *testing.T, server string) *cutter {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := &cutter{Listener: l, server: server}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			client, err := l.Accept()
			if err != nil {
				return
			}
			go c.pass(client)
		}
	}()
	return c
}

// cut sets when to cut next.
func (c *cutter) cut(at int, late bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at, c.late = at, late
}

// count is how often it has cut.
func (c *cutter) count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.cuts
}

// now reports whether to cut at this commit.
func (c *cutter) now() (cut, late bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == 0 {
		return false, false
	}
	if c.at--; c.at > 0 {
		return false, false
	}
	c.cuts++
	return true, c.late
}

func (c *cutter) pass(client net.Conn) {
	defer client.Close()
	server, err := net.Dial("tcp", c.server)
	if err != nil {
		return
	}
	defer server.Close()
	go func() {
		io.Copy(client, server)
		client.Close()
	}()
	buffer := make([]byte, 1<<16)
	for {
		n, err := client.Read(buffer)
		if err != nil {
			return
		}
		if bytes.Contains(buffer[:n], commit) {
			if cut, late := c.now(); cut {
				client.Close() // before the server can answer
				if late {
					server.Write(buffer[:n])
					time.Sleep(300 * time.Millisecond)
				}
				return
			}
		}
		if _, err := server.Write(buffer[:n]); err != nil {
			return
		}
	}
}

// TestCutWhileCommitting cuts the connection when a batch is committed, before and after the server hears of it.
func TestCutWhileCommitting(t *testing.T) {
	server := neo4jtest.Open(t)
	u, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	for _, late := range []bool{false, true} {
		server := neo4jtest.Open(t)
		c := newCutter(t, u.Host)
		o := options(server)
		o.Address = "bolt://" + c.Addr().String()
		s, err := neo4j.Open(t.Context(), o)
		if err != nil {
			t.Fatal(err)
		}
		readings := articles(t, 0, 5*batchSize)
		c.cut(2, late) // the writes, not what Open asks
		told, err := loadAll(t, s, readings, func(int) {})
		t.Logf("late %v: %d stored, then %v", late, told, err)
		if n := c.count(); n != 1 {
			t.Fatalf("cut %d times", n)
		}
		if e, ok := errors.AsType[*neo4j.Error](err); err != nil && (!ok || e.Fault != neo4j.Unavailable || !strings.Contains(e.Message, "run it again")) {
			t.Errorf("a connection that broke is told of as %v", err)
		}
		wholeAfter(t, s, readings, told)
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}
