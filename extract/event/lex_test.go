package event

import "testing"

func TestBuiltin(t *testing.T) {
	l, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	t.Log(len(l.Rows()))
}
