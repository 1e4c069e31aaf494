package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"runtime/debug"
	"strings"
	"time"

	"entente/graph"
)

// view makes what one address shows.
type view func(*request) (*answer, error)

// request is an http.Request with what views need.
type request struct {
	*http.Request
	ctx    context.Context
	site   *Site
	sn     *snapshot
	filter filter
	format string // html, csv, json or svg
	stream http.ResponseWriter
}

// problem is an error that the reader is told of.
type problem struct {
	code    int
	message string
	links   []link // what may have been meant
}

func (p *problem) Error() string { return p.message }

func notFound(format string, args ...any) error {
	return &problem{code: http.StatusNotFound, message: fmt.Sprintf(format, args...)}
}

func badRequest(format string, args ...any) error {
	return &problem{code: http.StatusBadRequest, message: fmt.Sprintf(format, args...)}
}

// moved is that a view has another address.
type moved struct{ to string }

func (m *moved) Error() string { return "moved to " + m.to }

// serve makes a handler of a view.
func (s *Site) serve(v view) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), s.o.Timeout)
		defer cancel()
		sn, err := s.about.get(ctx)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		address := r.URL.EscapedPath() + "?" + r.URL.RawQuery
		if a := s.cache.get(sn.version, address); a != nil {
			send(w, r, a)
			return
		}
		release, err := s.take(ctx, s.slots)
		if err != nil {
			s.fail(w, r, err)
			return
		}
		defer release()
		req := &request{Request: r, ctx: ctx, site: s, sn: sn, stream: w}
		a, err := req.make(v)
		switch {
		case err != nil:
			s.fail(w, r, err)
		case a == nil: // written already
		default:
			s.cache.put(sn.version, address, a)
			send(w, r, a)
		}
	}
}

// errBusy is that too many pages are being made.
var errBusy = errors.New("busy")

// take waits for room as long as Options.Wait says.
func (s *Site) take(ctx context.Context, slots chan struct{}) (release func(), err error) {
	release = func() { <-slots }
	select {
	case slots <- struct{}{}:
		return release, nil
	default:
	}
	wait := time.NewTimer(s.o.Wait)
	defer wait.Stop()
	select {
	case slots <- struct{}{}:
		return release, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	case <-wait.C:
		return nil, errBusy
	}
}

// make runs a view; a panic in it is an error.
func (r *request) make(v view) (a *answer, err error) {
	defer func() {
		switch p := recover(); p {
		case nil:
		case http.ErrAbortHandler:
			panic(p)
		default:
			a, err = nil, fmt.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	if r.format, err = formatOf(r.URL.Query()); err != nil {
		return nil, err
	}
	if r.filter, err = parseFilter(r.URL.Query()); err != nil {
		return nil, err
	}
	return v(r)
}

func send(w http.ResponseWriter, r *http.Request, a *answer) {
	h := w.Header()
	h.Set("Content-Type", a.contentType)
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "private, no-cache")
	if a.name != "" {
		how := "attachment"
		if a.contentType == contentTypes["svg"] {
			how = "inline"
		}
		h.Set("Content-Disposition", how+`; filename="`+a.name+`"`)
	}
	if strings.Contains(r.Header.Get("If-None-Match"), a.tag) {
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", fmt.Sprint(len(a.body)))
	if r.Method != http.MethodHead {
		w.Write(a.body)
	}
}

// fail answers an error. What went wrong inside is for the log; the reader is told when it was.
func (s *Site) fail(w http.ResponseWriter, r *http.Request, err error) {
	if m, ok := errors.AsType[*moved](err); ok {
		w.Header().Set("Cache-Control", "private, no-cache")
		http.Redirect(w, r, m.to, http.StatusFound)
		return
	}
	p, ok := errors.AsType[*problem](err)
	switch {
	case ok:
	case r.Context().Err() != nil:
		return // nobody listens
	case errors.Is(err, context.DeadlineExceeded):
		p = &problem{code: http.StatusServiceUnavailable, message: "This took too long and was stopped. Ask for less: a shorter time, fewer kinds of act."}
	case errors.Is(err, errBusy):
		p = &problem{code: http.StatusServiceUnavailable, message: "Too many pages are being made at the moment. Try again in a few seconds."}
	default:
		at := s.o.Now().UTC().Format(time.RFC3339)
		s.log.Error("page failed", "path", r.URL.Path, "error", err)
		p = &problem{code: http.StatusInternalServerError, message: "Something went wrong inside. The log of the program has it at " + at + "."}
	}
	if p.code == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "5")
	}
	s.showProblem(w, r, p)
}

func (s *Site) showProblem(w http.ResponseWriter, r *http.Request, p *problem) {
	body, err := s.render("problem", &page{Title: http.StatusText(p.code), Body: problemPage{p.code, p.message, p.links}})
	if err != nil {
		s.log.Error("page failed", "path", r.URL.Path, "error", err)
		body = []byte(http.StatusText(p.code))
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("Content-Length", fmt.Sprint(len(body)))
	w.WriteHeader(p.code)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

type problemPage struct {
	Code    int
	Message string
	Links   []link
}

// asset serves a file that is part of the program.
func (s *Site) asset(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	body, err := fs.ReadFile(assets, "assets/"+name)
	contentType := map[string]string{"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8", "icon.svg": "image/svg+xml"}[name]
	if err != nil || contentType == "" {
		s.fail(w, r, notFound("There is no page at this address."))
		return
	}
	a := newAnswer(body, contentType, "")
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("ETag", a.tag)
	h.Set("Cache-Control", "private, no-cache")
	if r.URL.Query().Get("v") == assetVersion() {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	}
	http.ServeContent(w, r, name, time.Time{}, bytes.NewReader(body))
}

// longestParty is how many bytes a word may have to be compared with the names of parties.
const longestParty = 300

// party is the entity that a word of an address names; an address that does not name it by its id is another one's.
func (r *request) party(word string) (string, bool, error) {
	if _, known := r.sn.entities[word]; known {
		return word, true, nil
	}
	if len(word) > longestParty { // to compare it with all names would take long
		return "", false, notFound("There is no party of so long a name in the store.")
	}
	e, err := r.sn.parties.Find(word)
	if err == nil {
		return e.ID, e.ID == word, nil
	}
	pe, ok := errors.AsType[*graph.PartyError](err)
	if !ok {
		return "", false, err
	}
	p := &problem{code: http.StatusNotFound, message: "There is no party of this name in the store."}
	if pe.Ambiguous {
		p.message = "Several parties have this name. Which one is meant?"
	}
	for _, c := range pe.Candidates {
		p.links = append(p.links, link{Text: clip(c.Name, 100) + " (" + clip(c.ID, 60) + ")", Href: entityHref(c.ID)})
	}
	return "", false, p
}
