package main

import (
	"testing"

	"entente/graph/neo4j/neo4jtest"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScriptNeo4j runs the session of testdata/neo4j against a real server, whose address is $SERVER and in ENTENTE_STORE.
func TestScriptNeo4j(t *testing.T) {
	s := neo4jtest.Open(t)
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/neo4j",
		UpdateScripts:       *update,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("COLUMNS", "120")
			env.Setenv("USER", "tester")
			env.Setenv("SERVER", s.URL)
			env.Setenv("ENTENTE_STORE", s.URL)
			env.Setenv("ENTENTE_NEO4J_USER", s.User)
			env.Setenv("ENTENTE_NEO4J_PASSWORD", s.Password)
			env.Setenv("ENTENTE_NEO4J_DATABASE", s.Database)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"readings": readingsCommand},
	})
}
