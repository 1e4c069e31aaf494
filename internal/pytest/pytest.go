// Package pytest finds a Python for tests that open our files in other people's readers.
package pytest

import (
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

// made makes the virtual environment where it is not there with the same requirements.
func made(t testing.TB, requirements string) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	list, err := os.ReadFile(requirements)
	if err != nil {
		return "", err
	}
	dir := filepath.Join(cache, "entente", "python")
	python, done := filepath.Join(dir, "bin", "python"), filepath.Join(dir, "requirements.txt")
	if have, err := os.ReadFile(done); err == nil && string(have) == string(list) {
		return python, nil
	}
	for _, command := range [][]string{{"python3", "-m", "venv", dir}, {python, "-m", "pip", "-q", "--disable-pip-version-check", "install", "-r", requirements}} {
		if out, err := exec.CommandContext(t.Context(), command[0], command[1:]...).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %s", strings.Join(command, " "), lastLine(out))
		}
	}
	return python, os.WriteFile(done, list, 0o644)
}
