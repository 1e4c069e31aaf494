package actor_test

import (
	"testing"

	"entente/extract/parse"
)

func newParser(t testing.TB) annotator {
	t.Helper()
	p, err := parse.Load(parse.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}
