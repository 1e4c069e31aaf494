// Package deps holds dependencies in go.mod while the packages that import them are being written. To be deleted.
package deps

import (
	_ "github.com/google/go-cmp/cmp"
	_ "github.com/jdkato/prose/v2"
	_ "github.com/jedib0t/go-pretty/v6/progress"
	_ "github.com/jedib0t/go-pretty/v6/table"
	_ "github.com/neo4j/neo4j-go-driver/v5/neo4j"
	_ "github.com/rogpeppe/go-internal/testscript"
	_ "github.com/urfave/cli/v2"
	_ "golang.org/x/term"
	_ "golang.org/x/text/cases"
	_ "golang.org/x/text/encoding/charmap"
	_ "golang.org/x/text/unicode/norm"
	_ "golang.org/x/tools/txtar"
	_ "modernc.org/sqlite"
)
