package actor_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"entente/extract/actor"
)

// TestOverlay holds that a user's file adds to the tables, and that what is wrong in it is told with file and line.
func TestOverlay(t *testing.T) {
	dir := t.TempDir()
	good := filepath.Join(dir, "own.tsv")
	write(t, good, "[organizations]\nZIG\tZambezi Initiative Group\tbloc\t-\t-\t-\tZIG|Zambezi Group\tinitiative\n")
	r, err := actor.New(actor.Options{Overlay: good})
	if err != nil {
		t.Fatal(err)
	}
	doc := tagged("2012-03-05", "The_DT Zambezi_NNP Group_NNP met_VBD Peru_NNP ._.", "The_DT initiative_NN protested_VBD ._.")
	r.Resolve(doc)
	var got []string
	for _, m := range doc.Mentions {
		got = append(got, strings.Join(m.Parties, "+"))
	}
	if want := "ZIG PER ZIG"; strings.Join(got, " ") != want {
		t.Errorf("parties %q, want %q", got, want)
	}

	bad := filepath.Join(dir, "bad.tsv")
	write(t, bad, "[states]\nXXA\tNowhere\t-\tyesterday\n")
	if _, err := actor.New(actor.Options{Overlay: bad}); err == nil || !strings.Contains(err.Error(), "bad.tsv:2") {
		t.Errorf("a bad date gives %v, want the file and line", err)
	}
	if _, err := actor.New(actor.Options{Overlay: filepath.Join(dir, "none.tsv")}); err == nil {
		t.Error("a missing file gives no error")
	}
}

func write(t *testing.T, name, text string) {
	t.Helper()
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
