package cypher

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// scenario is one expanded scenario of a feature file.
type scenario struct {
	feature string // "Match1"
	folder  string // "clauses/match"
	name    string // "[3]", with "#2" for the second example of an outline
	title   string
	steps   []step
}

// step is a line of a scenario with what belongs to it.
type step struct {
	text  string
	doc   string
	table [][]string
}

// readFeature reads a file of scenarios, outlines written out.
func readFeature(root, path string) ([]scenario, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	rel, err := filepath.Rel(root, path)
	if err != nil {
		return nil, err
	}
	r := &featureReader{folder: filepath.ToSlash(filepath.Dir(rel)), feature: strings.TrimSuffix(filepath.Base(path), ".feature")}
	in := bufio.NewScanner(f)
	for in.Scan() {
		r.line(in.Text())
	}
	r.end()
	return r.out, in.Err()
}

type featureReader struct {
	folder, feature string
	background      []step
	current         *scenario
	inBackground    bool
	examples        [][]string
	inExamples      bool
	doc             *strings.Builder
	indent          int
	out             []scenario
}

func (r *featureReader) line(line string) {
	text := strings.TrimSpace(line)
	if r.doc != nil {
		if text == `"""` {
			r.lastStep().doc = strings.TrimSuffix(r.doc.String(), "\n")
			r.doc = nil
			return
		}
		r.doc.WriteString(line[min(len(line), r.indent):] + "\n")
		return
	}
	switch {
	case text == "" || strings.HasPrefix(text, "#") || strings.HasPrefix(text, "@") || strings.HasPrefix(text, "Feature:"):
	case strings.HasPrefix(text, "Background:"):
		r.inBackground = true
	case strings.HasPrefix(text, "Scenario"):
		r.end()
		_, title, _ := strings.Cut(text, ": ")
		number, _, _ := strings.Cut(title, " ")
		r.current = &scenario{feature: r.feature, folder: r.folder, name: number, title: title}
		r.inBackground = false
	case strings.HasPrefix(text, "Examples:"):
		r.inExamples = true
	case text == `"""`:
		r.doc = &strings.Builder{}
		r.indent = strings.Index(line, `"""`)
	case strings.HasPrefix(text, "|"):
		if r.inExamples {
			r.examples = append(r.examples, cells(text))
		} else {
			r.lastStep().table = append(r.lastStep().table, cells(text))
		}
	default:
		_, step1, _ := strings.Cut(text, " ")
		if r.inBackground {
			r.background = append(r.background, step{text: step1})
		} else {
			r.current.steps = append(r.current.steps, step{text: step1})
		}
	}
}

func (r *featureReader) lastStep() *step {
	if r.inBackground {
		return &r.background[len(r.background)-1]
	}
	return &r.current.steps[len(r.current.steps)-1]
}

func cells(line string) []string {
	line = strings.ReplaceAll(line, `\|`, "\x00")
	parts := strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, "|"), "|"), "|")
	for i, p := range parts {
		p = strings.TrimSpace(strings.ReplaceAll(p, "\x00", "|"))
		parts[i] = strings.ReplaceAll(p, `\\`, `\`)
	}
	return parts
}

// end closes a scenario: outlines give one for each example.
func (r *featureReader) end() {
	s := r.current
	r.current, r.inExamples = nil, false
	if s == nil {
		return
	}
	s.steps = append(append([]step(nil), r.background...), s.steps...)
	if r.examples == nil {
		r.out = append(r.out, *s)
		return
	}
	head := r.examples[0]
	n := 0
	for _, row := range r.examples[1:] {
		if row[0] == head[0] && len(row) == len(head) {
			continue
		}
		n++
		r.out = append(r.out, s.with(head, row, n))
	}
	r.examples = nil
}

func (s *scenario) with(head, row []string, n int) scenario {
	out := *s
	out.name = fmt.Sprintf("%s#%d", s.name, n)
	fill := func(t string) string {
		for i, h := range head {
			t = strings.ReplaceAll(t, "<"+h+">", row[i])
		}
		return t
	}
	out.steps = nil
	for _, st := range s.steps {
		c := step{text: fill(st.text), doc: fill(st.doc)}
		for _, r := range st.table {
			var cells []string
			for _, cell := range r {
				cells = append(cells, fill(cell))
			}
			c.table = append(c.table, cells)
		}
		out.steps = append(out.steps, c)
	}
	return out
}
