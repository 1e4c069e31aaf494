package main

import (
	"bytes"
	"testing"
	"testing/synctest"
	"time"
)

func TestProgressLine(t *testing.T) {
	start := time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	p := &program{now: func() time.Time { return start.Add(10 * time.Second) }}
	tally := newTally()
	tally.read, tally.triples = 1200, 5800
	total := int64(0)
	g := &progress{p: p, tally: tally, bytes: func() int64 { return 2_000_000 }, total: func() int64 { return total }, started: start}
	for _, tt := range []struct {
		total           int64
		skipped, failed int
		width           int
		want            string
	}{
		{0, 0, 0, 200, "1,200 articles, 2.0 MB, 120 articles/s, 5,800 triples"},
		{6_000_000, 0, 0, 200, "1,200 articles, 2.0 MB of 6.0 MB, 120 articles/s, 20s left, 5,800 triples"},
		{6_000_000, 300, 1, 200, "1,200 articles (300 skipped, 1 failed), 2.0 MB of 6.0 MB, 120 articles/s, 20s left, 5,800 triples"},
		{0, 0, 0, 20, "1,200 articles, 2.0 "},
	} {
		total = tt.total
		tally.skipped, tally.failed = tt.skipped, tt.failed
		if got := g.line(tt.width); got != tt.want {
			t.Errorf("line = %q, want %q", got, tt.want)
		}
	}
}

// TestProgressByTheMinute: where standard error is no terminal there is one line a minute; where it should be quiet there is none.
func TestProgressByTheMinute(t *testing.T) {
	for _, tt := range []struct {
		quiet bool
		want  string
	}{
		{false, "entente: 6 articles, 0.0 MB, 0 articles/s, 0 triples\nentente: 13 articles, 0.0 MB, 0 articles/s, 0 triples\n"},
		{true, ""},
	} {
		synctest.Test(t, func(t *testing.T) {
			var stderr bytes.Buffer
			p := &program{now: time.Now, stderr: &stderr}
			tally := newTally()
			none := func() int64 { return 0 }
			g := p.startProgress(tally, none, none, tt.quiet)
			for range 14 {
				time.Sleep(9 * time.Second)
				tally.do(func(t *tallied) { t.read++ })
			}
			time.Sleep(time.Second)
			g.done()
			g.done()
			if stderr.String() != tt.want {
				t.Errorf("quiet %v: %q, want %q", tt.quiet, stderr.String(), tt.want)
			}
		})
	}
}

// TestSayOverProgress: a message clears the line of progress and shows it again below.
func TestSayOverProgress(t *testing.T) {
	var stderr bytes.Buffer
	p := &program{stderr: &stderr}
	p.showProgress("3 articles")
	p.say("bad.txt: %s", "it is\nbroken")
	p.showProgress("")
	if want := "\r\x1b[K3 articles\r\x1b[Kentente: bad.txt: it is broken\n3 articles\r\x1b[K"; stderr.String() != want {
		t.Errorf("written %q, want %q", stderr.String(), want)
	}
}
