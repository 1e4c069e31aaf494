package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestDocs runs the commands that the documents show: in fenced blocks, lines that begin with "$ entente " (or "$ go run ./cmd/entente ",
// which is the same). All commands of a document run one after the other in one folder, with the examples of this project in it. What a
// document shows below a command is what the command must print, standard error included; a line "..." stands for any lines, a command
// without lines below it must only succeed. -update rewrites what is shown. A block marked "console no-test" is left alone, and so are
// other commands.
func TestDocs(t *testing.T) {
	root, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"docs/cli.md", "README.md"} {
		t.Run(name, func(t *testing.T) {
			file := filepath.Join(root, name)
			text, err := os.ReadFile(file)
			if os.IsNotExist(err) {
				t.Skipf("no %s yet", name)
			}
			if err != nil {
				t.Fatal(err)
			}
			got, ran := rehearse(t, root, string(text))
			if ran == 0 {
				t.Fatalf("%s shows no command", name)
			}
			if *update && got != string(text) {
				if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// rehearse runs the commands of a document, compares, and returns the document as it would be right.
func rehearse(t *testing.T, root, text string) (string, int) {
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(root, "examples"))); err != nil {
		t.Fatal(err)
	}
	ran := 0
	lines := strings.Split(text, "\n")
	var out []string
	for i := 0; i < len(lines); {
		out = append(out, lines[i])
		fenced := strings.HasPrefix(lines[i], "```") && !strings.Contains(lines[i], "no-test")
		skipped := strings.HasPrefix(lines[i], "```") && !fenced
		i++
		if !fenced && !skipped {
			continue
		}
		end := i + slices.Index(lines[i:], "```")
		if end < i {
			t.Fatalf("a block without an end: %s", lines[i-1])
		}
		block := lines[i:end]
		if fenced {
			block = rehearseBlock(t, dir, block, &ran)
		}
		out = append(append(out, block...), "```")
		i = end + 1
	}
	return strings.Join(out, "\n"), ran
}

func rehearseBlock(t *testing.T, dir string, block []string, ran *int) []string {
	var out []string
	for i := 0; i < len(block); {
		command, ok := strings.CutPrefix(block[i], "$ ")
		out = append(out, block[i])
		i++
		if !ok {
			continue
		}
		for strings.HasSuffix(command, `\`) && i < len(block) {
			out = append(out, block[i])
			command = strings.TrimSuffix(command, `\`) + block[i]
			i++
		}
		end := i
		for end < len(block) && !strings.HasPrefix(block[end], "$ ") {
			end++
		}
		shown := block[i:end]
		i = end
		command = strings.Replace(command, "go run ./cmd/entente", "entente", 1)
		if strings.HasPrefix(command, "entente ") || command == "entente" {
			shown = rehearseCommand(t, dir, command, shown)
			*ran++
		}
		out = append(out, shown...)
	}
	return out
}

func rehearseCommand(t *testing.T, dir, command string, shown []string) []string {
	cmd := exec.CommandContext(t.Context(), "sh", "-c", command)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "COLUMNS=120", "ENTENTE_STORE=entente.db", "USER=tester")
	b, err := cmd.CombinedOutput()
	got := strings.Split(strings.TrimRight(string(b), "\n"), "\n")
	said := slices.ContainsFunc(shown, func(s string) bool { return strings.HasPrefix(s, "entente: ") })
	if err != nil && !said {
		t.Errorf("$ %s\n%s%v", command, b, err)
		return shown
	}
	blank := len(strings.TrimSpace(strings.Join(shown, ""))) == 0
	if blank || matches(shown, got) {
		return shown
	}
	if !*update {
		t.Errorf("$ %s\nshown (-), printed (+):\n%s", command, cmp.Diff(shown, got))
	}
	return got
}

// changing is what differs from run to run: durations, times and versions.
var changing = []struct {
	pattern *regexp.Regexp
	text    string
}{
	{regexp.MustCompile(`\bin \d+\.\d s\b`), "in N s"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ`), "TIME"},
	{regexp.MustCompile(`\b\d+\.\d+\.\d+(-dev)?(\+[0-9a-f]{12})?(\+changes)?`), "VERSION"},
	{regexp.MustCompile(`"seconds":[0-9.e-]+`), `"seconds":N`},
	{regexp.MustCompile(`rules [0-9a-z.+-]+`), "rules VERSION"},
}

func steady(line string) string {
	line = strings.TrimRight(line, " ")
	for _, c := range changing {
		line = c.pattern.ReplaceAllString(line, c.text)
	}
	return line
}

// matches reports whether the lines are those shown, where "..." stands for any number of lines.
func matches(shown, got []string) bool {
	if len(shown) == 0 {
		return len(got) == 0
	}
	if strings.TrimSpace(shown[0]) == "..." {
		for i := range len(got) + 1 {
			if matches(shown[1:], got[i:]) {
				return true
			}
		}
		return false
	}
	return len(got) > 0 && steady(shown[0]) == steady(got[0]) && matches(shown[1:], got[1:])
}

// TestDocsMatch holds the comparison itself.
func TestDocsMatch(t *testing.T) {
	for _, tt := range []struct {
		shown, got string
		want       bool
	}{
		{"a\nb", "a\nb", true},
		{"a\nb", "a\nc", false},
		{"a\n...\nd", "a\nb\nc\nd", true},
		{"a\n...", "a", true},
		{"a\n...\nd", "a\nb", false},
		{"read 3 articles in 0.1 s: 3 new", "read 3 articles in 12.9 s: 3 new", true},
		{"read 3 articles in 0.1 s: 3 new", "read 4 articles in 0.1 s: 4 new", false},
		{"a", "a\nb", false},
	} {
		if got := matches(strings.Split(tt.shown, "\n"), strings.Split(tt.got, "\n")); got != tt.want {
			t.Errorf("shown %q, got %q: %v", tt.shown, tt.got, got)
		}
	}
}

// TestManualIsComplete: every command has its section in docs/cli.md, which shows its help as it is printed (TestDocs runs it) and at
// least one example; and every command and flag says what it is for.
func TestManualIsComplete(t *testing.T) {
	text, err := os.ReadFile("../../docs/cli.md")
	if err != nil {
		t.Fatal(err)
	}
	sections := map[string]string{}
	for _, s := range strings.Split(string(text), "\n## ")[1:] {
		title, body, _ := strings.Cut(s, "\n")
		sections[strings.TrimSpace(title)] = body
	}
	for _, c := range testProgram(t).app().Commands {
		body, ok := sections[c.Name]
		if !ok {
			t.Errorf("docs/cli.md has no section %q", "## "+c.Name)
			continue
		}
		if !strings.Contains(body, "\n$ entente help "+c.Name+"\n") {
			t.Errorf("docs/cli.md: the section of %s does not show `entente help %s`", c.Name, c.Name)
		}
		if !strings.Contains(body, "\n$ entente "+c.Name) {
			t.Errorf("docs/cli.md: the section of %s has no example", c.Name)
		}
		if c.Usage == "" {
			t.Errorf("%s has no usage", c.Name)
		}
		for _, f := range c.Flags {
			if !strings.Contains(body, "--"+f.Names()[0]) {
				t.Errorf("docs/cli.md: the section of %s does not name --%s", c.Name, f.Names()[0])
			}
			if usage := fmt.Sprint(f); !strings.Contains(usage, "\t") || strings.HasSuffix(strings.TrimSpace(usage), "\t") {
				t.Errorf("%s --%s has no usage: %q", c.Name, f.Names()[0], usage)
			}
		}
	}
	for _, code := range []int{exitOK, exitFailed, exitUsage, exitSome, exitInterrupted} {
		if !strings.Contains(string(text), fmt.Sprintf("| %d |", code)) {
			t.Errorf("docs/cli.md does not explain exit code %d", code)
		}
	}
}
