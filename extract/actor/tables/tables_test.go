package tables

import "testing"

func TestBuiltin(t *testing.T) {
	tables, err := builtin()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(tables)
}
