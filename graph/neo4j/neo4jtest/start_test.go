package neo4jtest

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestSupervise starts a command that would run for long, and one that ends by itself: both leave nothing behind.
func TestSupervise(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		stop bool
	}{
		"stopped": {[]string{"sleep", "60"}, true},
		"ended":   {[]string{"sh", "-c", "echo broken; exit 3"}, false},
	} {
		t.Run(name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "home")
			if err := os.Mkdir(home, 0o755); err != nil {
				t.Fatal(err)
			}
			s := &Server{}
			if err := s.supervise("sh", append([]string{"-c", superviseScript, "sh", home}, c.args...)...); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			if c.stop {
				s.stop()
			}
			<-s.ended
			if took := time.Since(start); took > 20*time.Second {
				t.Errorf("ended after %v", took)
			}
			if _, err := os.Stat(home); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("its directory is still there: %v", err)
			}
			if !c.stop && s.output() != "broken" {
				t.Errorf("output %q", s.output())
			}
			s.stop()
		})
	}
}

// TestCure looks for Java and Maven where there are none.
func TestCure(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("JAVA_HOME", "")
	t.Setenv("HOME", t.TempDir())
	t.Setenv("XDG_CACHE_HOME", "")
	_, noJava := lookJava(t.Context())
	_, noMaven := classPath(t.Context())
	for what, err := range map[string]error{"java": noJava, "mvn": noMaven} {
		if err == nil || !strings.Contains(err.Error(), "no "+what) || !strings.Contains(err.Error(), "openjdk-17-jre-headless maven") {
			t.Errorf("%s: error %v; want one that names it and the packages to install", what, err)
		}
	}
}
