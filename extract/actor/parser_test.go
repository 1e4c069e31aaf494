package actor_test

import "testing"

// newParser is the tagger and parser by which the scores are measured.
func newParser(t testing.TB) annotator {
	t.Helper()
	t.Skip("extract/parse is not in the tree: the scores wait for it")
	return nil
}
