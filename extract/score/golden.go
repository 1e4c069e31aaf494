package score

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"
)

// Section is the report of one gold set in a file of scores.
type Section struct {
	Name string // "articles", "plover_gsr --cross-border"
	Body string // lines, as a report's String or Golden writes them
}

// Golden is the figures of r for a file of scores: the measures and details, then each type.
func (r Report) Golden() string {
	var b strings.Builder
	b.WriteString(r.String())
	for _, m := range r.Types {
		m.Name = "  " + m.Name
		fmt.Fprintln(&b, m)
	}
	return b.String()
}

// Golden is the figures of r for a file of scores: the measures, then each type.
func (r SentenceReport) Golden() string { return r.String() + r.PerType() }

// Golden is the text of a file of scores: each section under a line "== name ==", with an empty line between two. It depends on
// nothing but its input.
func Golden(sections ...Section) string {
	var b strings.Builder
	for i, s := range sections {
		if i > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "== %s ==\n", s.Name)
		for line := range strings.Lines(s.Body) {
			b.WriteString(strings.TrimRight(line, " \r\n"))
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// CheckGolden compares got with the file of scores at path and returns an error that shows every line that differs under its section's
// name; with update it writes the file instead.
func CheckGolden(path, got string, update bool) error {
	if update {
		return os.WriteFile(path, []byte(got), 0o644)
	}
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s does not exist: write it with -update", path)
	}
	if err != nil {
		return err
	}
	want := strings.ReplaceAll(string(data), "\r\n", "\n")
	if want == got {
		return nil
	}
	return fmt.Errorf("%s: scores have changed; look at them, then write them with -update\n%s", path, changes(want, got))
}

// changes lists the lines that only want has, then those that only got has, each with its section.
func changes(want, got string) string {
	old, now := sectionLines(want), sectionLines(got)
	inOld, inNow := map[string]bool{}, map[string]bool{}
	for _, l := range old {
		inOld[l] = true
	}
	for _, l := range now {
		inNow[l] = true
	}
	var b strings.Builder
	for _, l := range old {
		if !inNow[l] {
			fmt.Fprintf(&b, "- %s\n", l)
		}
	}
	for _, l := range now {
		if !inOld[l] {
			fmt.Fprintf(&b, "+ %s\n", l)
		}
	}
	if b.Len() == 0 {
		return "only the order of lines or empty lines differ\n"
	}
	return b.String()
}

// sectionLines are the lines that are not empty, each with its section before it.
func sectionLines(s string) []string {
	var out []string
	section := ""
	for line := range strings.Lines(s) {
		line = strings.TrimRight(line, "\n")
		switch {
		case strings.HasPrefix(line, "== "):
			section = strings.Trim(line, "= ")
		case line != "":
			out = append(out, section+": "+line)
		}
	}
	return out
}
