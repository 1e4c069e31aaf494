package main

import (
	"slices"
	"testing"
	"time"
)

func testProgram(t *testing.T) *program {
	t.Helper()
	return &program{now: func() time.Time { return time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC) }}
}

func TestArrange(t *testing.T) {
	app := testProgram(t).app()
	for _, tt := range []struct {
		args, want []string
	}{
		{[]string{"timeline", "RUS", "NATO", "--format", "json"}, []string{"timeline", "--format", "json", "--", "RUS", "NATO"}},
		{[]string{"timeline", "--from=2010", "RUS", "--limit", "3", "NATO"}, []string{"timeline", "--from=2010", "--limit", "3", "--", "RUS", "NATO"}},
		{[]string{"ingest", "a", "--force", "b", "--quiet"}, []string{"ingest", "--force", "--quiet", "--", "a", "b"}},
		{[]string{"load", "-", "--store", "x.db"}, []string{"load", "--store", "x.db", "--", "-"}},
		{[]string{"ingest", "--", "--odd-name", "-x"}, []string{"ingest", "--", "--odd-name", "-x"}},
		{[]string{"timeline", "-format", "csv", "A"}, []string{"timeline", "-format", "csv", "--", "A"}},
		{[]string{"timeline", "A", "--bogus", "B"}, []string{"timeline", "--bogus", "--", "A", "B"}},
		{[]string{"schema"}, []string{"schema"}},
		{[]string{"--version"}, []string{"--version"}},
		{[]string{"nonsense", "--x"}, []string{"nonsense", "--x"}},
		{nil, nil},
	} {
		got, err := arrange(app, tt.args)
		if err != nil || !slices.Equal(got, tt.want) {
			t.Errorf("arrange(%q) = %q, %v; want %q", tt.args, got, err, tt.want)
		}
	}
	if _, err := arrange(app, []string{"timeline", "A", "--format"}); err == nil {
		t.Error("a flag without its value at the end: want an error")
	}
}

func TestNearest(t *testing.T) {
	names := []string{"timeline", "status", "split", "show", "schema", "store", "skip-errors"}
	for name, want := range map[string]string{
		"timelien": "timeline", "time": "timeline", "stats": "status", "sotre": "store", "skip-error": "skip-errors", "sh": "show", "s": "", "frobnicate": "", "xx": "",
	} {
		if got := nearest(name, names); got != want {
			t.Errorf("nearest(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	for s, want := range map[string]string{
		"a\n b\t\r\nc": "a b c", "\x1b[31mred\x1b[0m": "[31mred [0m", " x ": "x", "naïve “quote”": "naïve “quote”", "a\u2028b\u0085c": "a b c", "": "",
	} {
		if got := oneLine(s); got != want {
			t.Errorf("oneLine(%q) = %q, want %q", s, got, want)
		}
	}
}
