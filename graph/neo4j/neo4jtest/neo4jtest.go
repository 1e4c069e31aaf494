// Package neo4jtest hands a test a running Neo4j server, empty.
//
// The environment says which:
//
//	ENTENTE_TEST_NEO4J=auto                     start one: in Docker where an engine answers, else with Java 17 from Maven's artifacts
//	ENTENTE_TEST_NEO4J=neo4j://localhost:7687   use that one: its database must be empty, and is emptied after every test
//	ENTENTE_TEST_NEO4J unset                    skip the test
//
// For a server of one's own there are also ENTENTE_TEST_NEO4J_USER, _PASSWORD and _DATABASE; user and database default to neo4j.
// Under auto a server that does not start is a failure of the test, never a skip. There is one server a test binary, on free ports of the
// loopback, and it ends with the test binary, even where that is killed. Tests that use it cannot run in parallel.
package neo4jtest

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// Variable is the environment variable that chooses the server.
const Variable = "ENTENTE_TEST_NEO4J"

// Server is a running server.
type Server struct {
	URL      string // of Bolt, as a store's address: "bolt://127.0.0.1:40123"
	HTTP     string // of HTTP and Neo4j Browser, "" where it is not known
	User     string
	Password string
	Database string

	driver neo4j.DriverWithContext
	ended  <-chan struct{} // closed when a server that we started ends; nil for another's
	stop   func()
	output func() string // the end of what a server that we started printed
}

// shared starts the server of this test binary, once.
var shared = sync.OnceValues(func() (*Server, error) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Minute)
	defer cancel()
	if address := os.Getenv(Variable); address != "auto" {
		return connect(ctx, &Server{
			URL: address, User: cmp.Or(os.Getenv(Variable+"_USER"), "neo4j"), Password: os.Getenv(Variable + "_PASSWORD"),
			Database: cmp.Or(os.Getenv(Variable+"_DATABASE"), "neo4j"),
		})
	}
	return start(ctx)
})

// Main runs the tests of a package, stops the server if one was started, and returns the exit code: call it from TestMain. Without it
// the server stops as well when the test binary ends; with it, the binary waits until the server's files are gone.
func Main(m *testing.M) int {
	code := m.Run()
	if os.Getenv(Variable) != "" {
		if s, err := shared(); err == nil && s.stop != nil {
			s.stop()
		}
	}
	return code
}

// Open returns the server with its database empty, and empties it again when the test ends. It skips the test where no server is asked for.
func Open(t testing.TB) *Server {
	t.Helper()
	if os.Getenv(Variable) == "" {
		t.Skipf("needs a Neo4j server: set %s=auto (Docker, or Java 17 and Maven) or to the address of an empty one", Variable)
	}
	s, err := shared()
	if err != nil {
		t.Fatalf("neo4jtest: %v", err)
	}
	if err := s.wipe(t.Context()); err != nil {
		t.Fatalf("neo4jtest: empty the database: %v", err)
	}
	t.Cleanup(func() {
		if err := s.wipe(context.WithoutCancel(t.Context())); err != nil {
			t.Errorf("neo4jtest: empty the database: %v", err)
		}
	})
	return s
}

// Env is the server as environment variables for a process that has tests of its own to run.
func (s *Server) Env() []string {
	return []string{Variable + "=" + s.URL, Variable + "_USER=" + s.User, Variable + "_PASSWORD=" + s.Password, Variable + "_DATABASE=" + s.Database}
}

// Run executes one statement on the database, as a test's own hand in the graph, and returns its rows.
func (s *Server) Run(t testing.TB, cypher string, params map[string]any) []map[string]any {
	t.Helper()
	return s.run(t, s.Database, cypher, params)
}

// RunSystem executes one administration command.
func (s *Server) RunSystem(t testing.TB, cypher string, params map[string]any) {
	t.Helper()
	s.run(t, "system", cypher, params)
}

func (s *Server) run(t testing.TB, database, cypher string, params map[string]any) []map[string]any {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	result, err := neo4j.ExecuteQuery(ctx, s.driver, cypher, params, neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase(database))
	if err != nil {
		t.Fatalf("neo4jtest: %s: %v", cypher, err)
	}
	rows := make([]map[string]any, len(result.Records))
	for i, r := range result.Records {
		rows[i] = r.AsMap()
	}
	return rows
}

// DropSchema removes all constraints and indexes, which otherwise stay from test to test.
func (s *Server) DropSchema(t testing.TB) {
	t.Helper()
	for _, row := range s.Run(t, "SHOW CONSTRAINTS YIELD name", nil) {
		s.Run(t, fmt.Sprintf("DROP CONSTRAINT `%s`", row["name"]), nil)
	}
	for _, row := range s.Run(t, "SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP'", nil) {
		s.Run(t, fmt.Sprintf("DROP INDEX `%s`", row["name"]), nil)
	}
}

// wipe removes all nodes and relationships, in transactions that stay small.
func (s *Server) wipe(ctx context.Context) error {
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{DatabaseName: s.Database})
	defer session.Close(ctx)
	for _, cypher := range []string{
		"MATCH ()-[r]->() CALL { WITH r DELETE r } IN TRANSACTIONS OF 10000 ROWS",
		"MATCH (n) CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS",
	} {
		result, err := session.Run(ctx, cypher, nil)
		if err != nil {
			return err
		}
		if _, err := result.Consume(ctx); err != nil {
			return err
		}
	}
	return nil
}

// dial opens the driver of s.
func (s *Server) dial(ctx context.Context) (err error) {
	s.driver, err = neo4j.NewDriverWithContext(s.URL, neo4j.BasicAuth(s.User, s.Password, ""), func(c *config.Config) {
		c.TelemetryDisabled = true
		c.SocketConnectTimeout = 5 * time.Second
	})
	if err == nil {
		err = s.driver.VerifyConnectivity(ctx)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", s.URL, err)
	}
	return nil
}

// connect opens the driver of s and makes sure that nothing of value would be wiped.
func connect(ctx context.Context, s *Server) (*Server, error) {
	if err := s.dial(ctx); err != nil {
		return nil, err
	}
	result, err := neo4j.ExecuteQuery(ctx, s.driver, "MATCH (n) RETURN count(n) AS nodes", nil, neo4j.EagerResultTransformer,
		neo4j.ExecuteQueryWithDatabase(s.Database))
	if err != nil {
		return nil, fmt.Errorf("%s: database %s: %w", s.URL, s.Database, err)
	}
	if nodes := result.Records[0].Values[0].(int64); nodes != 0 {
		return nil, fmt.Errorf("%s: database %s holds %d nodes, and tests would delete them: give an empty database, or empty it with MATCH (n) DETACH DELETE n",
			s.URL, s.Database, nodes)
	}
	return s, nil
}

// password is a new random one.
func password() string { return rand.Text() }
