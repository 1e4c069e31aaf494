package neo4jtest

import (
	"context"
	"os"
	"testing"
)

// Mortal is a server of the test's own, which can be killed and started again with what it has on its disk.
type Mortal struct {
	*Server
	home  string
	ports []int
}

// OpenMortal starts a server of the test's own, empty, which ends with the test. It skips the test where no server is asked for or there is no Java
// to run it with.
func OpenMortal(t testing.TB) *Mortal {
	t.Helper()
	if os.Getenv(Variable) != "auto" {
		t.Skipf("needs a Neo4j server that may be killed: set %s=auto (Java 17 and Maven)", Variable)
	}
	if _, _, err := distribution(t.Context()); err != nil {
		t.Skipf("needs a Neo4j server that may be killed: %v", err)
	}
	ports, err := freePorts(2)
	if err != nil {
		t.Fatal(err)
	}
	m := &Mortal{Server: server(ports), home: t.TempDir(), ports: ports}
	m.start(t, "neo4j")
	return m
}

func (m *Mortal) start(t testing.TB, password string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	if err := m.startIn(ctx, m.home, "", m.ports[0], m.ports[1]); err != nil {
		t.Fatalf("neo4jtest: %v", err)
	}
	t.Cleanup(m.stop)
	if err := m.ready(ctx, password); err != nil {
		t.Fatalf("neo4jtest: the server did not come up: %v\n%s", err, m.output())
	}
	if err := m.dial(ctx); err != nil {
		t.Fatalf("neo4jtest: %v", err)
	}
}

// Kill ends the server at once, as a power cut would end it.
func (m *Mortal) Kill() { m.stop() }

// Restart starts the server again after Kill, at the same address.
func (m *Mortal) Restart(t testing.TB) {
	t.Helper()
	m.start(t, m.Password)
}
