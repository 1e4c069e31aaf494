package neo4jtest

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"
)

// image is what Docker runs: the line that DESIGN and docker-compose.yml name.
const image = "neo4j:5.26-community"

//go:embed supervise.sh
var superviseScript string

// start starts a server, in Docker or from Maven's artifacts, and waits until its database answers.
func start(ctx context.Context) (*Server, error) {
	if runtime.GOOS == "windows" {
		return nil, fmt.Errorf("%s=auto needs a Unix shell: set it to the address of an empty server", Variable)
	}
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	s := server(ports)
	how, oldPassword := "Docker", s.Password
	if dockerAnswers(ctx) {
		err = s.startDocker(ctx, ports[0], ports[1])
	} else {
		how, oldPassword = "Java", "neo4j"
		err = s.startJava(ctx, ports[0], ports[1])
	}
	if err != nil {
		return nil, err
	}
	if err := s.ready(ctx, oldPassword); err != nil {
		s.stop()
		return nil, fmt.Errorf("the server started with %s did not come up: %w\n%s", how, err, s.output())
	}
	return connect(ctx, s)
}

// server is a server, not started, with its ports of Bolt and HTTP.
func server(ports []int) *Server {
	return &Server{
		URL: fmt.Sprintf("bolt://127.0.0.1:%d", ports[0]), HTTP: fmt.Sprintf("http://127.0.0.1:%d", ports[1]),
		User: "neo4j", Password: password(), Database: "neo4j",
	}
}

// dockerAnswers reports whether there is a container engine, not only its client.
func dockerAnswers(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	return exec.CommandContext(ctx, "docker", "version", "--format", "{{.Server.Version}}").Run() == nil
}

// startDocker runs the image with the script as its first process, so that the container ends when the client's standard input does.
func (s *Server) startDocker(ctx context.Context, bolt, http int) error {
	docker, err := exec.LookPath("docker")
	if err != nil {
		return err
	}
	if exec.CommandContext(ctx, docker, "image", "inspect", image).Run() != nil {
		if out, err := exec.CommandContext(ctx, docker, "pull", "-q", image).CombinedOutput(); err != nil {
			return fmt.Errorf("docker pull %s: %w: %s", image, err, out)
		}
	}
	return s.supervise(docker, "run", "--rm", "-i",
		"-p", fmt.Sprintf("127.0.0.1:%d:7687", bolt), "-p", fmt.Sprintf("127.0.0.1:%d:7474", http),
		"-e", "NEO4J_AUTH="+s.User+"/"+s.Password, "-e", "NEO4J_dbms_usage__report_enabled=false",
		"-e", fmt.Sprintf("NEO4J_server_bolt_advertised__address=127.0.0.1:%d", bolt),
		"--entrypoint", "sh", image, "-c", superviseScript, "sh", "", "/startup/docker-entrypoint.sh", "neo4j")
}

// startJava runs the server from Maven's artifacts in a directory of its own, which goes with it.
func (s *Server) startJava(ctx context.Context, bolt, http int) error {
	home, err := os.MkdirTemp("", "entente-neo4j-")
	if err != nil {
		return err
	}
	return s.startIn(ctx, home, home, bolt, http)
}

// startIn is startJava in the directory home, which is there; the directory sweep goes with the server, none where that is empty.
func (s *Server) startIn(ctx context.Context, home, sweep string, bolt, http int) error {
	java, classPath, err := distribution(ctx)
	if err != nil {
		return err
	}
	conf := fmt.Sprintf(`server.bolt.listen_address=127.0.0.1:%d
server.bolt.advertised_address=127.0.0.1:%[1]d
server.http.listen_address=127.0.0.1:%d
server.http.advertised_address=127.0.0.1:%[2]d
server.https.enabled=false
server.memory.pagecache.size=128m
db.tx_log.preallocate=false
dbms.usage_report.enabled=false
`, bolt, http)
	if err := os.WriteFile(filepath.Join(home, "neo4j.conf"), []byte(conf), 0o600); err != nil {
		return err
	}
	return s.supervise("sh", "-c", superviseScript, "sh", sweep,
		java, "-Xmx1g", "-XX:+UseSerialGC", "--add-opens=java.base/java.nio=ALL-UNNAMED", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
		"-cp", classPath, "org.neo4j.server.CommunityEntryPoint", "--home-dir="+home, "--config-dir="+home, "--console-mode")
}

// distribution is a Java and the class path of the server.
func distribution(ctx context.Context) (java, path string, err error) {
	if java, err = lookJava(ctx); err != nil {
		return "", "", err
	}
	path, err = classPath(ctx)
	return java, path, err
}

// supervise starts the command with a pipe as its standard input that ends when this process does, and sets stop, ended and output.
func (s *Server) supervise(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return err
	}
	log := &tail{}
	cmd.Stdout, cmd.Stderr = log, log
	if err := cmd.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	go func() {
		_ = cmd.Wait() // how a killed server ends says nothing
		close(ended)
	}()
	s.ended, s.output = ended, log.String
	s.stop = sync.OnceFunc(func() {
		_ = stdin.Close()
		select {
		case <-ended:
		case <-time.After(30 * time.Second):
			_ = cmd.Process.Kill()
		}
	})
	return nil
}

// ready waits until the database answers, and replaces oldPassword where it is not the final one.
func (s *Server) ready(ctx context.Context, oldPassword string) error {
	ctx, cancel := context.WithTimeout(ctx, 3*time.Minute)
	defer cancel()
	driver, err := neo4j.NewDriverWithContext(s.URL, neo4j.BasicAuth(s.User, oldPassword, ""), func(c *config.Config) {
		c.TelemetryDisabled = true
		c.MaxTransactionRetryTime = time.Second
	})
	if err != nil {
		return err
	}
	defer driver.Close(ctx)
	for {
		if err = driver.VerifyConnectivity(ctx); err == nil {
			break
		}
		select {
		case <-ctx.Done():
			return err
		case <-s.ended:
			return errors.New("it ended")
		case <-time.After(100 * time.Millisecond):
		}
	}
	if oldPassword == s.Password {
		return nil
	}
	_, err = neo4j.ExecuteQuery(ctx, driver, "ALTER CURRENT USER SET PASSWORD FROM $old TO $new", map[string]any{"old": oldPassword, "new": s.Password},
		neo4j.EagerResultTransformer, neo4j.ExecuteQueryWithDatabase("system"))
	return err
}

// freePorts asks the system for n different free ports.
func freePorts(n int) ([]int, error) {
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			return nil, err
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}

// tail keeps the last 4,000 bytes written to it.
type tail struct {
	mu  sync.Mutex
	buf []byte
}

var _ io.Writer = (*tail)(nil)

func (t *tail) Write(p []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.buf = append(t.buf, p...)
	if extra := len(t.buf) - 4000; extra > 0 {
		t.buf = append(t.buf[:0], t.buf[extra:]...)
	}
	return len(p), nil
}

func (t *tail) String() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	return strings.TrimSpace(string(t.buf))
}
