package neo4jtest

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) { os.Exit(Main(m)) }

func TestOpen(t *testing.T) {
	s := Open(t)
	s.Run(t, "CREATE (:Left {by: 'this test'})", nil)
	if rows := s.Run(t, "MATCH (n) RETURN n.by AS by", nil); len(rows) != 1 || rows[0]["by"] != "this test" {
		t.Errorf("the database answers %v", rows)
	}
	t.Run("empty again", func(t *testing.T) {
		if rows := Open(t).Run(t, "MATCH (n) RETURN count(n) AS n", nil); rows[0]["n"] != int64(0) {
			t.Errorf("a second test finds %v nodes", rows[0]["n"])
		}
	})
}
