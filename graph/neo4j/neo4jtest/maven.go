package neo4jtest

import (
	"context"
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

//go:embed pom.xml
var pom []byte

// cure is what a machine without Java or Maven needs.
const cure = "install Java 17 and Maven (Debian and Ubuntu: apt-get install openjdk-17-jre-headless maven), or start a Docker engine"

var javaVersion = regexp.MustCompile(`version "(\d+)`)

// lookJava finds a Java that this server runs on.
func lookJava(ctx context.Context) (string, error) {
	java, err := exec.LookPath("java")
	if home := os.Getenv("JAVA_HOME"); home != "" {
		java, err = exec.LookPath(filepath.Join(home, "bin", "java"))
	}
	if err != nil {
		return "", fmt.Errorf("no java: %s", cure)
	}
	out, err := exec.CommandContext(ctx, java, "-version").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("%s -version: %w: %s", java, err, out)
	}
	m := javaVersion.FindSubmatch(out)
	if m == nil {
		return "", fmt.Errorf("%s does not say which version it is: %s", java, out)
	}
	if major, err := strconv.Atoi(string(m[1])); err != nil || major < 17 {
		return "", fmt.Errorf("%s is version %s, and Neo4j 5 needs 17 or later: %s", java, m[1], cure)
	}
	return java, nil
}

// classPath is the server's class path. Maven is asked once and its answer kept in the user's cache directory; the artifacts
// themselves stay in Maven's own repository.
func classPath(ctx context.Context) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "entente", fmt.Sprintf("neo4jtest-%x", sha256.Sum256(pom))[:26])
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	unlock, err := lock(filepath.Join(dir, "lock")) // test binaries run side by side, and Maven's repository is not made for that
	if err != nil {
		return "", err
	}
	defer unlock()
	file := filepath.Join(dir, "classpath.txt")
	if path, err := os.ReadFile(file); err == nil && allExist(string(path)) {
		return string(path), nil
	}
	if err := askMaven(ctx, dir, file); err != nil {
		return "", err
	}
	path, err := os.ReadFile(file)
	if err == nil && !allExist(string(path)) {
		err = errors.New("maven named artifacts that are not there")
	}
	return string(path), err
}

func askMaven(ctx context.Context, dir, file string) error {
	mvn, err := exec.LookPath("mvn")
	if err != nil {
		return fmt.Errorf("no mvn: %s", cure)
	}
	project := filepath.Join(dir, "pom.xml")
	if err := os.WriteFile(project, pom, 0o644); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, mvn, "-q", "-B", "-f", project, "dependency:build-classpath", "-Dmdep.outputFile="+file)
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("mvn could not fetch the server (about 170 MB, once; the network or a mirror in ~/.m2/settings.xml is needed): %w\n%s",
			err, out[max(0, len(out)-2000):])
	}
	return nil
}

// allExist reports whether every entry of a class path is a file: its repository may have been emptied since.
func allExist(path string) bool {
	for entry := range strings.SplitSeq(strings.TrimSpace(path), string(filepath.ListSeparator)) {
		if _, err := os.Stat(entry); err != nil {
			return false
		}
	}
	return true
}
