package score

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"
)

// SheetHeader are the columns of a coding sheet, tab-separated, one evidence a line. A coder fills the first: y right, n wrong, ? cannot be told from
// the sentence. All others are for the coder's eyes but for relation, confidence and rule, by which the result is broken down.
var SheetHeader = []string{"verdict", "triple", "subject", "relation", "object", "date", "status", "agent", "confidence", "rule", "published", "article", "quote", "remark"}

// Verdict is a filled line of a coding sheet.
type Verdict struct {
	Line       int // 1-based line of the sheet
	Triple     string
	Relation   string
	Rule       string
	Confidence float64
	Right      bool
}

// Sheet is what a filled coding sheet says.
type Sheet struct {
	Verdicts []Verdict
	Open     int // lines without a verdict
	Unclear  int // lines with "?"
}

// ReadSheet reads a coding sheet. An error names file and line and what is wanted there.
func ReadSheet(name string) (Sheet, error) {
	f, err := os.Open(name)
	if err != nil {
		return Sheet{}, err
	}
	defer f.Close()
	s, err := readSheet(f)
	if err != nil {
		return Sheet{}, fmt.Errorf("%s:%w", name, err)
	}
	return s, nil
}

func readSheet(r io.Reader) (Sheet, error) {
	c := csv.NewReader(bufio.NewReader(r))
	c.Comma, c.LazyQuotes, c.FieldsPerRecord = '\t', true, -1
	var s Sheet
	for {
		row, err := c.Read()
		if errors.Is(err, io.EOF) {
			return s, nil
		}
		if err != nil {
			return Sheet{}, err
		}
		line, _ := c.FieldPos(0)
		if row[0] == SheetHeader[0] || strings.HasPrefix(row[0], "#") {
			continue
		}
		if len(row) < len(SheetHeader)-1 {
			return Sheet{}, fmt.Errorf("%d: %d columns, want %d: %s", line, len(row), len(SheetHeader), strings.Join(SheetHeader, ", "))
		}
		if err := s.add(line, row); err != nil {
			return Sheet{}, fmt.Errorf("%d: %w", line, err)
		}
	}
}

func (s *Sheet) add(line int, row []string) error {
	verdict := strings.ToLower(strings.TrimSpace(row[0]))
	switch verdict {
	case "":
		s.Open++
		return nil
	case "?":
		s.Unclear++
		return nil
	case "y", "yes", "1", "n", "no", "0":
	default:
		return fmt.Errorf("verdict %q: want y, n or ?, or nothing", row[0])
	}
	confidence, err := strconv.ParseFloat(row[8], 64)
	if err != nil {
		return fmt.Errorf("confidence %q: want a number from 0 to 1", row[8])
	}
	s.Verdicts = append(s.Verdicts, Verdict{
		Line: line, Triple: row[1], Relation: row[3], Rule: row[9], Confidence: confidence, Right: slices.Contains([]string{"y", "yes", "1"}, verdict),
	})
	return nil
}

// Right counts the right ones.
func (s Sheet) Right() int {
	n := 0
	for _, v := range s.Verdicts {
		if v.Right {
			n++
		}
	}
	return n
}

// Calibration compares confidence with verdicts.
func (s Sheet) Calibration() Calibration {
	var obs []Observation
	for _, v := range s.Verdicts {
		obs = append(obs, Observation{Confidence: v.Confidence, Right: v.Right})
	}
	return Calibrate(obs, 0)
}

// String is the precision with its 95 % interval, whole and by relation:
//
//	precision  0.850  0.767-0.907  (85 of 100)
//	CONSULT    0.900  0.744-0.965  (27 of 30)
//	3 lines unclear, 97 without a verdict
func (s Sheet) String() string {
	var b strings.Builder
	line := func(name string, right, n int) {
		low, high := Wilson(right, n)
		fmt.Fprintf(&b, "%-10s %.3f  %.3f-%.3f  (%d of %d)\n", name, share(right, n), low, high, right, n)
	}
	line("precision", s.Right(), len(s.Verdicts))
	by := map[string]*Bin{}
	var names []string
	for _, v := range s.Verdicts {
		if by[v.Relation] == nil {
			by[v.Relation] = &Bin{}
			names = append(names, v.Relation)
		}
		by[v.Relation].N++
		if v.Right {
			by[v.Relation].Right++
		}
	}
	slices.Sort(names)
	for _, n := range names {
		line(n, by[n].Right, by[n].N)
	}
	if s.Unclear+s.Open > 0 {
		fmt.Fprintf(&b, "%d lines unclear, %d without a verdict\n", s.Unclear, s.Open)
	}
	return b.String()
}
