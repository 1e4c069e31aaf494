package sqlite

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"entente/graph"
	"entente/graph/graphtest"
	"entente/schema"
)

// TestFullDisk gives the file a greatest size, which SQLite reports as it does a full disk.
func TestFullDisk(t *testing.T) {
	ctx := t.Context()
	path := filepath.Join(t.TempDir(), "a.db")
	s, err := Open(ctx, path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var readings []schema.Reading
	for i := range 200 {
		readings = append(readings, graphtest.Story{ID: fmt.Sprint("a", i), Says: []string{"RUS ACCUSE NATO 2010 | asserted"}}.Reading(t))
	}
	if _, err := s.Upsert(ctx, readings[:10]...); err != nil {
		t.Fatal(err)
	}
	before := graphtest.Dump(t, s)
	if _, err := s.writer.ExecContext(ctx, "pragma max_page_count = 100"); err != nil {
		t.Fatal(err)
	}
	c, err := s.Upsert(ctx, readings...)
	if err == nil || !c.Zero() || !strings.Contains(err.Error(), "the disk is full") || !strings.Contains(err.Error(), path) {
		t.Errorf("changes %+v, error %v", c, err)
	}
	if after := graphtest.Dump(t, s); after != before {
		t.Error("a part of the batch was kept")
	}
	sum, err := graph.Load(ctx, s, func(yield func(schema.Reading, error) bool) { yield(readings[0], nil) }, graph.Options{})
	if err != nil || sum.Stored != 1 {
		t.Errorf("a reading for which there is room: %+v, %v", sum, err)
	}
	if _, err := s.writer.ExecContext(ctx, "pragma max_page_count = 100000"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Upsert(ctx, readings...); err != nil {
		t.Errorf("after room was made: %v", err)
	}
}
