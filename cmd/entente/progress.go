package main

import (
	"fmt"
	"sync"
	"time"
)

// progress tells how far a run is: on a terminal one line that is written over several times a second, else one line a minute.
type progress struct {
	p        *program
	tally    *tallied
	bytes    func() int64 // read of the corpus, as it lies on disk
	total    func() int64 // bytes of the corpus, 0 while unknown
	started  time.Time
	terminal bool
	stop     chan struct{}
	wg       sync.WaitGroup
}

// startProgress begins to report until done is called; quiet reports nothing.
func (p *program) startProgress(t *tallied, bytes, total func() int64, quiet bool) *progress {
	g := &progress{p: p, tally: t, bytes: bytes, total: total, started: p.now(), terminal: isTerminal(p.stderr), stop: make(chan struct{})}
	if quiet {
		return g
	}
	every := time.Minute
	if g.terminal {
		every = 200 * time.Millisecond
	}
	g.wg.Go(func() { g.loop(every) })
	return g
}

func (g *progress) loop(every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if g.terminal {
				g.p.showProgress(g.line(terminalWidth(g.p.stderr) - 1))
			} else {
				g.p.say("%s", g.line(1000))
			}
		case <-g.stop:
			if g.terminal {
				g.p.showProgress("")
			}
			return
		}
	}
}

// done ends the report and clears its line.
func (g *progress) done() {
	select {
	case <-g.stop:
	default:
		close(g.stop)
	}
	g.wg.Wait()
}

// line is "1,200 articles (300 skipped, 1 failed), 4.1 MB of 52.0 MB, 340 articles/s, 2m20s left, 5,800 triples", cut to width characters.
func (g *progress) line(width int) string {
	var s string
	g.tally.do(func(t *tallied) {
		s = count(t.read, "article")
		switch {
		case t.skipped > 0 && t.failed > 0:
			s += fmt.Sprintf(" (%s skipped, %s failed)", number(t.skipped), number(t.failed))
		case t.skipped > 0:
			s += fmt.Sprintf(" (%s skipped)", number(t.skipped))
		case t.failed > 0:
			s += fmt.Sprintf(" (%s failed)", number(t.failed))
		}
		took := g.p.now().Sub(g.started).Seconds()
		read, total := g.bytes(), g.total()
		s += ", " + megabytes(read)
		if total > read {
			s += " of " + megabytes(total)
		}
		if took > 0 {
			s += fmt.Sprintf(", %s articles/s", number(int(float64(t.read)/took)))
		}
		if total > read && read > 0 {
			left := time.Duration(took * float64(total-read) / float64(read) * float64(time.Second))
			s += ", " + left.Round(time.Second).String() + " left"
		}
		s += ", " + count(t.triples, "triple")
	})
	if r := []rune(s); len(r) > width && width > 0 {
		return string(r[:width])
	}
	return s
}

func megabytes(n int64) string { return fmt.Sprintf("%.1f MB", float64(n)/1e6) }
