// Package pytest finds a Python for tests that open our files in other people's readers.
package pytest

import (
	"crypto/sha256"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Python is an interpreter that has all the modules. ENTENTE_PYTHON names one, or is "make": then a virtual environment with what the file
// requirements lists is made once in the user's cache. Else it is the python3 of the path. Where there is none, or a module is missing, the test
// is skipped with a line that says so; with ENTENTE_PYTHON set it fails.
func Python(t testing.TB, requirements string, modules ...string) string {
	t.Helper()
	want := os.Getenv("ENTENTE_PYTHON")
	python, err := "", error(nil)
	switch want {
	case "":
		python, err = exec.LookPath("python3")
	case "make":
		python, err = made(t, requirements)
	default:
		python = want
	}
	if err == nil {
		var out []byte
		if out, err = exec.CommandContext(t.Context(), python, "-c", "import "+strings.Join(modules, ", ")).CombinedOutput(); err != nil {
			err = fmt.Errorf("%s: %s", python, lastLine(out))
		}
	}
	if err != nil && want == "" {
		t.Skipf("no Python with %s (%v): set ENTENTE_PYTHON to one, or to make", strings.Join(modules, ", "), err)
	}
	if err != nil {
		t.Fatalf("ENTENTE_PYTHON=%s: %v", want, err)
	}
	return python
}

func lastLine(out []byte) string {
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return lines[len(lines)-1]
}

// made makes the virtual environment where it is not there with the same requirements. It is made under another name and put in its place when it
// is whole, so that two tests may make it at once.
func made(t testing.TB, requirements string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	list, err := os.ReadFile(requirements)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "entente", fmt.Sprintf("python-%x", sha256.Sum256(list))[:len("python-")+16])
	python := filepath.Join(dir, "bin", "python")
	if _, err := os.Stat(python); err == nil {
		return python, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return "", err
	}
	part, err := os.MkdirTemp(filepath.Dir(dir), "part-")
	if err != nil {
		return "", err
	}
	defer os.RemoveAll(part)
	for _, command := range [][]string{{"python3", "-m", "venv", part}, {filepath.Join(part, "bin", "python"), "-m", "pip", "-q", "--disable-pip-version-check", "install", "-r", requirements}} {
		if out, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %s", strings.Join(command, " "), lastLine(out))
		}
	}
	if err := os.Rename(part, dir); err != nil {
		if _, err := os.Stat(python); err == nil { // another test was faster
			return python, nil
		}
		return "", err
	}
	return python, nil
}
