package neo4jtest

import (
	"context"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Import runs neo4j-admin with args (without the program's own name) in the folder dir, and starts a server of the test's own on the database
// that it made, which ends with the test. It skips the test where no server is asked for or there is no Java to run it with.
func Import(t testing.TB, dir string, args ...string) *Server {
	t.Helper()
	home, took := Admin(t, dir, args...)
	t.Logf("the import took %v", took.Round(time.Millisecond))
	return startOn(context.WithoutCancel(t.Context()), t, home)
}

// Admin runs neo4j-admin with args (without the program's own name) in the folder dir, for a server that is not there yet, and returns that
// server's home directory and how long it took. It skips the test where no server is asked for or there is no Java to run it with.
func Admin(t testing.TB, dir string, args ...string) (home string, took time.Duration) {
	t.Helper()
	if os.Getenv(Variable) != "auto" {
		t.Skipf("needs neo4j-admin: set %s=auto (Java 17 and Maven)", Variable)
	}
	ctx := context.WithoutCancel(t.Context())
	java, path, err := distribution(ctx)
	if err != nil {
		t.Skipf("needs neo4j-admin: %v", err)
	}
	home = t.TempDir()
	begin := time.Now()
	cmd := exec.CommandContext(ctx, java, append([]string{"-Xmx1g", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED",
		"--add-opens=java.base/sun.nio.ch=ALL-UNNAMED", "-cp", path, "org.neo4j.cli.AdminTool"}, args...)...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "NEO4J_HOME="+home, "NEO4J_CONF="+home)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("neo4jtest: neo4j-admin %q: %v\n%s", args, err, out[max(0, len(out)-4000):])
	}
	return home, time.Since(begin)
}

// startOn starts a server on the databases in a home directory.
func startOn(ctx context.Context, t testing.TB, home string) *Server {
	t.Helper()
	ports, err := freePorts(2)
	if err != nil {
		t.Fatal(err)
	}
	s := server(ports)
	if err := s.startIn(ctx, home, "", ports[0], ports[1]); err != nil {
		t.Fatalf("neo4jtest: %v", err)
	}
	t.Cleanup(s.stop)
	if err := s.ready(ctx, "neo4j"); err != nil {
		t.Fatalf("neo4jtest: the server did not come up: %v\n%s", err, s.output())
	}
	if err := s.dial(ctx); err != nil {
		t.Fatalf("neo4jtest: %v", err)
	}
	return s
}
