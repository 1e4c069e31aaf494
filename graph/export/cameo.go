package export

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"entente/graph"
	"entente/schema"
)

//go:embed cameo.tsv
var cameoTSV string

// cameoRow is a row of cameo.tsv.
type cameoRow struct {
	relation    schema.Relation
	mode        string // empty: any
	code, label string
	intensity   float64
}

var cameoTable = sync.OnceValues(func() ([]cameoRow, error) {
	var out []cameoRow
	for line := range strings.Lines(cameoTSV) {
		line = strings.TrimRight(line, "\r\n")
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		f := strings.Split(line, "\t")
		if len(f) != 5 {
			return nil, fmt.Errorf("cameo.tsv: %d fields: %q", len(f), line)
		}
		intensity, err := strconv.ParseFloat(f[3], 64)
		if err != nil {
			return nil, fmt.Errorf("cameo.tsv: %q: %w", line, err)
		}
		out = append(out, cameoRow{schema.Relation(f[0]), strings.TrimPrefix(f[1], "-"), f[2], f[4], intensity})
	}
	return out, nil
})

// root is the first two digits of the code.
func (c cameoRow) root() string { return c.code[:2] }

// base is the first three digits of the code.
func (c cameoRow) base() string { return c.code[:3] }

// quad is the class of a CAMEO root as GDELT counts it: 01-05 verbal cooperation, 06-08 material cooperation, 09-13 verbal conflict, 14-20
// material conflict.
func (c cameoRow) quad() int {
	switch r := c.root(); {
	case r <= "05":
		return 1
	case r <= "08":
		return 2
	case r <= "13":
		return 3
	}
	return 4
}

// coded is an act as plain PLOVER and as CAMEO have it.
type coded struct {
	relation schema.Relation
	mode     string
	score    float64
	quad     int // 1 to 4, of the PLOVER type
	cameo    cameoRow
}

// codeOf is a triple as other coders would code it; ok is false for a tie.
func codeOf(t graph.Triple) (c coded, ok bool) {
	status := schema.Asserted
	if t.Status == schema.Planned {
		status = schema.Future
	}
	c.relation, c.mode, ok = schema.Plover(t.Relation, t.Mode, status)
	if !ok {
		return c, false
	}
	info := c.relation.Info()
	c.score = info.ScoreOf(c.mode)
	for i, q := range schema.Quads() {
		if q == info.Quad {
			c.quad = i + 1
		}
	}
	rows, err := cameoTable()
	if err != nil {
		return c, false
	}
	for _, r := range rows {
		if r.relation == c.relation && (r.mode == "" || r.mode == c.mode) {
			c.cameo = r
			return c, true
		}
	}
	return c, false
}
