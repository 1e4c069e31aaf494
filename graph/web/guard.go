package web

import (
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// longestAddress is how many bytes path and query of an address may have.
const longestAddress = 8 << 10

// policy is the Content-Security-Policy of every page: nothing but our own files, no script or style in the page, no frames.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// guard lets through what may be answered, with the headers that every answer has.
func (s *Site) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		for _, kv := range [][2]string{
			{"Content-Security-Policy", policy},
			{"X-Content-Type-Options", "nosniff"},
			{"X-Frame-Options", "DENY"},
			{"Referrer-Policy", "same-origin"},
			{"Cross-Origin-Opener-Policy", "same-origin"},
			{"Cross-Origin-Resource-Policy", "same-origin"},
			{"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
			{"X-Robots-Tag", "noindex, nofollow"},
		} {
			h.Set(kv[0], kv[1])
		}
		r.Body = http.MaxBytesReader(w, r.Body, 4<<10)
		if p := s.refuse(r); p != nil {
			if p.code == http.StatusMethodNotAllowed {
				h.Set("Allow", "GET, HEAD")
			}
			s.showProblem(w, r, p)
			return
		}
		if !s.admitted(w, r) {
			return
		}
		next.ServeHTTP(w, r)
	})
}

// refuse says what is wrong with a request, nil where nothing is.
func (s *Site) refuse(r *http.Request) *problem {
	_, queryErr := url.ParseQuery(r.URL.RawQuery)
	post := r.Method == http.MethodPost && r.URL.Path == "/login"
	switch {
	case len(r.RequestURI) > longestAddress || len(r.URL.RawQuery)+len(r.URL.Path) > longestAddress:
		return &problem{code: http.StatusRequestURITooLong, message: "The address is too long."}
	case r.Method != http.MethodGet && r.Method != http.MethodHead && !post:
		return &problem{code: http.StatusMethodNotAllowed, message: "These pages are only read."}
	case !s.ours(r.Host):
		return &problem{code: http.StatusMisdirectedRequest, message: "This program does not answer under that name. Use the address that it printed when it started, or allow the name with --host."}
	case !sameOrigin(r):
		return &problem{code: http.StatusForbidden, message: "Another site asked for this page. Open it by its own address."}
	case queryErr != nil:
		return &problem{code: http.StatusBadRequest, message: "The part of the address behind the question mark cannot be read."}
	}
	return nil
}

// ours reports whether the pages may be asked for under this host: a name that another site's owner controls could be pointed at this machine.
func (s *Site) ours(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.TrimSuffix(strings.Trim(name, "[]"), "."))
	return name == "localhost" || net.ParseIP(name) != nil || slices.ContainsFunc(s.o.Hosts, func(h string) bool { return strings.EqualFold(h, name) })
}

// sameOrigin reports whether a request comes from these pages, or from no page: links from elsewhere may be followed, nothing may be embedded.
func sameOrigin(r *http.Request) bool {
	if origin := r.Header.Get("Origin"); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || !strings.EqualFold(u.Host, r.Host) {
			return false
		}
	}
	if site := r.Header.Get("Sec-Fetch-Site"); site == "cross-site" || site == "same-site" {
		return r.Method != http.MethodPost && r.Header.Get("Sec-Fetch-Mode") == "navigate" && slices.Contains([]string{"", "document"}, r.Header.Get("Sec-Fetch-Dest"))
	}
	return true
}
