package web

import (
	"cmp"
	"context"
	"html/template"
	"log/slog"
	"net/http"
	"runtime"
	"time"

	"entente/graph"
)

// Options say how a store is shown; the zero value shows it to browsers of this machine.
type Options struct {
	// Title is what the pages call the store; empty: "Entente". It is shown to everyone.
	Title string
	// Hosts are the names, without port, under which the pages may be asked for. IP addresses and "localhost" always may: no other site's
	// name stands for them in a browser's address bar.
	Hosts []string
	// Token must be shown before anything else is; empty: nobody needs one.
	Token string
	// Also lists other parties whose acts count as those of a party: the states that it continues. May be nil.
	Also func(id string) []string
	// Querier answers the Cypher page; nil: there is none.
	Querier Querier
	// Log takes what went wrong inside; nil: nothing is logged.
	Log *slog.Logger
	// Timeout bounds the making of one page, Downloading that of one download; 0: 10 seconds, 5 minutes.
	Timeout, Downloading time.Duration
	// Busy is how many pages are made at the same time, Wait how long others wait for room; 0: four for each processor, two seconds.
	Busy int
	Wait time.Duration
	// Fresh is how old names, pairs and counts may be while the store is written to; 0: two seconds where the store is a graph.Watcher, else 20,
	// since they are then read anew each time.
	Fresh time.Duration
	// Now is the clock; nil: time.Now.
	Now func() time.Time
}

// Querier answers Cypher statements that only read.
type Querier interface {
	// Query runs a statement and returns at most limit rows; more says that there were others. An error is shown to the reader.
	Query(ctx context.Context, statement string, limit int) (columns []string, rows [][]string, more bool, err error)
}

// Site is the pages of a store: an http.Handler.
type Site struct {
	o       Options
	store   graph.Browser
	about   *snapshots
	pages   map[string]*template.Template
	cache   *cache
	log     *slog.Logger
	handler http.Handler
	slots   chan struct{} // one for each page in the making
	loads   chan struct{} // one for each download and Cypher statement in the making
}

// New makes the pages of a store, which stays the caller's to close, after Site.Close.
func New(ctx context.Context, store graph.Store, o Options) (*Site, error) {
	o.Title = cmp.Or(o.Title, "Entente")
	o.Timeout = cmp.Or(o.Timeout, 10*time.Second)
	o.Downloading = cmp.Or(o.Downloading, 5*time.Minute)
	o.Busy = cmp.Or(o.Busy, 4*runtime.GOMAXPROCS(0))
	o.Wait = cmp.Or(o.Wait, 2*time.Second)
	if o.Fresh == 0 {
		o.Fresh = 20 * time.Second
		if _, ok := store.(graph.Watcher); ok {
			o.Fresh = 2 * time.Second
		}
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Site{o: o, store: graph.Browse(store), cache: newCache(cacheBytes), log: o.Log, slots: make(chan struct{}, o.Busy), loads: make(chan struct{}, max(1, o.Busy/2))}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	var err error
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	if s.about, err = newSnapshots(ctx, s.store, o.Fresh, o.Now); err != nil {
		return nil, err
	}
	s.handler = s.guard(s.routes())
	return s, nil
}

// Close ends the watch over the store.
func (s *Site) Close() error { return s.about.close() }

// ServeHTTP implements http.Handler.
func (s *Site) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) }

// routes are the addresses of docs/serve.md. A view whose key could not stand in a path takes it as a parameter.
func (s *Site) routes() http.Handler {
	mux := http.NewServeMux()
	for pattern, v := range map[string]view{
		"/{$}":          s.start,
		"/pairs":        s.pairs,
		"/entities":     s.entities,
		"/entity":       s.entity,
		"/entity/{id}":  s.entity,
		"/pair":         s.pair,
		"/pair/{a}/{b}": s.pair,
		"/event":        s.event,
		"/event/{id}":   s.event,
		"/article":      s.article,
		"/search":       s.search,
		"/network":      s.network,
		"/vocabulary":   s.vocabulary,
		"/cypher":       s.cypher,
	} {
		mux.HandleFunc(pattern, s.serve(v))
	}
	mux.HandleFunc("/assets/{name}", s.asset)
	mux.HandleFunc("/robots.txt", robots)
	mux.HandleFunc("/login", s.login)
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.fail(w, r, notFound("There is no page at this address."))
	})
	return mux
}

func robots(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Write([]byte("User-agent: *\nDisallow: /\n"))
}
