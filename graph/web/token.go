package web

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
)

// tokenCookie holds what proves that the token was shown, not the token.
const tokenCookie = "entente"

// NewToken is a new token of 128 random bits.
func NewToken() string { return rand.Text() }

// ShortestToken is the fewest characters that a token of the user's own should have.
const ShortestToken = 16

func proof(token string) string {
	m := hmac.New(sha256.New, []byte(token))
	m.Write([]byte("entente desk"))
	return hex.EncodeToString(m.Sum(nil))
}

func equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// admitted reports whether the token was shown, in one of three ways: as a bearer, by the cookie that /login gives, or once in the address as
// token=, from where it is taken into the cookie. Where it was not, the question for it is the answer.
func (s *Site) admitted(w http.ResponseWriter, r *http.Request) bool {
	if s.o.Token == "" || strings.HasPrefix(r.URL.Path, "/assets/") || r.URL.Path == "/login" {
		return true
	}
	if bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); ok && equal(bearer, s.o.Token) {
		return true
	}
	if c, err := r.Cookie(tokenCookie); err == nil && equal(c.Value, proof(s.o.Token)) {
		return true
	}
	q := r.URL.Query()
	if q.Has("token") && equal(q.Get("token"), s.o.Token) {
		q.Del("token")
		s.setCookie(w, r)
		http.Redirect(w, r, localAddress(r.URL.EscapedPath(), q), http.StatusSeeOther)
		return false
	}
	q.Del("token")
	s.askToken(w, r, localAddress(r.URL.EscapedPath(), q), false)
	return false
}

// localAddress is an address of this site; a path that a browser would take for another host becomes the start page.
func localAddress(path string, q url.Values) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.HasPrefix(path, `/\`) {
		path = "/"
	}
	if len(q) > 0 {
		path += "?" + q.Encode()
	}
	return path
}

func (s *Site) setCookie(w http.ResponseWriter, r *http.Request) {
	http.SetCookie(w, &http.Cookie{
		Name: tokenCookie, Value: proof(s.o.Token), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: r.TLS != nil, MaxAge: 12 * 60 * 60,
	})
	w.Header().Set("Cache-Control", "no-store")
}

type tokenPage struct {
	Next  string
	Wrong bool
}

func (s *Site) askToken(w http.ResponseWriter, r *http.Request, next string, wrong bool) {
	body, err := s.render("token", &page{Title: "Token", Bare: true, Body: tokenPage{next, wrong}})
	if err != nil {
		s.log.Error("page failed", "path", r.URL.Path, "error", err)
	}
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("WWW-Authenticate", `Bearer realm="entente"`)
	w.WriteHeader(http.StatusUnauthorized)
	if r.Method != http.MethodHead {
		w.Write(body)
	}
}

// login takes the token from the form.
func (s *Site) login(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost || s.o.Token == "" {
		s.fail(w, r, notFound("There is no page at this address."))
		return
	}
	if err := r.ParseForm(); err != nil {
		s.fail(w, r, badRequest("The form cannot be read."))
		return
	}
	next := "/"
	if u, err := url.Parse(r.PostForm.Get("next")); err == nil && u.Host == "" && u.Scheme == "" {
		next = localAddress(u.EscapedPath(), u.Query())
	}
	if !equal(strings.TrimSpace(r.PostForm.Get("token")), s.o.Token) {
		s.askToken(w, r, next, true)
		return
	}
	s.setCookie(w, r)
	http.Redirect(w, r, next, http.StatusSeeOther)
}
