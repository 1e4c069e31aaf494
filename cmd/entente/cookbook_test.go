package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"entente/internal/pytest"
)

// TestCookbook runs the sessions of docs/cookbook: the commands of a page first, then its blocks of another language in their order and in one
// session. What a block prints stands in the block of text after it; -update writes it anew.
func TestCookbook(t *testing.T) {
	root := filepath.Join("..", "..")
	for _, page := range []struct {
		name, language, program string
		find                    func(t *testing.T) string
	}{
		{"python.md", "python", "block.py", func(t *testing.T) string {
			return pytest.Python(t, filepath.Join(root, "docs", "cookbook", "requirements.txt"), "pandas", "networkx", "rdflib", "pyarrow")
		}},
		{"r.md", "r", "block.R", func(t *testing.T) string {
			r, err := exec.LookPath("Rscript")
			if err != nil {
				t.Skip("no Rscript on this machine: the blocks of R are not run")
			}
			return r
		}},
	} {
		t.Run(page.name, func(t *testing.T) {
			file := filepath.Join(root, "docs", "cookbook", page.name)
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			interpreter := page.find(t)
			got := cookbookPage(t, root, string(b), page.language, interpreter, page.program)
			if got == string(b) {
				return
			}
			if !*update {
				t.Errorf("%s prints something else now:\n%s", file, got)
			} else if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// cookbookPage runs a page and returns it with what it prints.
func cookbookPage(t *testing.T, root, text, language, interpreter, program string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "examples"), os.DirFS(filepath.Join(root, "examples"))); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(text, "\n")
	var session strings.Builder
	blocks := 0
	eachBlock(t, lines, func(kind string, block []string) {
		switch kind {
		case "console":
			ran := 0
			rehearseBlock(t, dir, block, &ran)
		case language:
			blocks++
			fmt.Fprintf(&session, "%s\n%s\n", strings.Join(block, "\n"), mark(language, blocks))
		}
	})
	if blocks == 0 {
		t.Fatalf("no block of %s", language)
	}
	if err := os.WriteFile(filepath.Join(dir, program), []byte(session.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), interpreter, program)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return withOutput(t, lines, language, string(out))
}

// mark prints a line that ends the output of a block.
func mark(language string, n int) string {
	if language == "r" {
		return "cat(\"== end " + strconv.Itoa(n) + "\\n\")"
	}
	return "print(\"== end " + strconv.Itoa(n) + "\")"
}

// eachBlock calls f for each fenced block.
func eachBlock(t *testing.T, lines []string, f func(kind string, block []string)) {
	t.Helper()
	for i := 0; i < len(lines); i++ {
		kind, fenced := strings.CutPrefix(lines[i], "```")
		if !fenced {
			continue
		}
		end := i + 1 + slices.Index(lines[i+1:], "```")
		if end <= i {
			t.Fatalf("a block without an end: %s", lines[i])
		}
		f(kind, lines[i+1:end])
		i = end
	}
}

// withOutput is the page with a block of text after each block of the language that prints something.
func withOutput(t *testing.T, lines []string, language, output string) string {
	t.Helper()
	var out []string
	n := 0
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		kind, fenced := strings.CutPrefix(lines[i], "```")
		if !fenced {
			continue
		}
		end := i + 1 + slices.Index(lines[i+1:], "```")
		out = append(out, lines[i+1:end+1]...)
		i = end
		if kind != language {
			continue
		}
		n++
		printed, rest, ok := strings.Cut(output, fmt.Sprintf("== end %d\n", n))
		if !ok {
			t.Fatalf("block %d of %s did not end", n, language)
		}
		output = rest
		if i+2 < len(lines) && lines[i+1] == "" && lines[i+2] == "```text" { // what stood there
			i += 3 + slices.Index(lines[i+3:], "```")
		}
		if printed = strings.TrimRight(printed, "\n"); printed != "" {
			out = append(out, "", "```text", printed, "```")
		}
	}
	return strings.Join(out, "\n")
}
