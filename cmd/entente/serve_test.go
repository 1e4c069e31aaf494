package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/graph/memory"
)

// serving runs `entente serve` on a store with one article until stop, which returns the exit code and what was said.
func serving(t *testing.T, args ...string) (address *url.URL, stop func() (int, string)) {
	t.Helper()
	store := filepath.Join(t.TempDir(), "entente.db")
	if code := run(t.Context(), []string{"ingest", "--quiet", "--store", store, "../../examples/articles"}, strings.NewReader(""), io.Discard, io.Discard); code != exitOK {
		t.Fatalf("ingest: exit code %d", code)
	}
	ctx, cancel := context.WithCancel(t.Context())
	r, w := io.Pipe()
	var stderr bytes.Buffer
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, append([]string{"serve", "--store", store}, args...), strings.NewReader(""), w, &stderr)
		w.Close()
	}()
	line := make([]byte, 1000)
	n, err := r.Read(line)
	if err != nil {
		t.Fatalf("no address: %v, exit code %d: %s", err, <-done, &stderr)
	}
	address, err = url.Parse(strings.TrimSpace(string(line[:n])))
	if err != nil {
		t.Fatal(err)
	}
	return address, func() (int, string) {
		cancel()
		code := <-done
		return code, stderr.String()
	}
}

func TestServe(t *testing.T) {
	address, stop := serving(t, "--listen", "127.0.0.1:0", "--title", "The desk")
	for path, want := range map[string]string{"": "The desk", "pair/nato/russia": "accuses", "article?id=2010-11-20-lisbon-summit.txt": "<mark",
		"cypher?q=" + url.QueryEscape("MATCH (a {id: 'RUS'})-[r:ACCUSE]->(b) RETURN DISTINCT b.name AS accused ORDER BY accused"): "North Atlantic Treaty Organization"} {
		answer, err := http.Get(address.String() + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("/%s: %s, want %q in it: %v", path, answer.Status, want, err)
		}
	}
	sameRows(t, address.String()+"pair/NATO/RUS?format=csv", "timeline", "NATO", "RUS")
	sameRows(t, address.String()+"entity/IRN?format=csv&from=2015&to=2016&relation=AGREE,ACCUSE", "timeline", "IRN", "--from", "2015", "--to", "2016", "--relation", "AGREE,ACCUSE")
	if code, said := stop(); code != exitOK || !strings.Contains(said, "Ctrl-C ends") {
		t.Errorf("ended with %d: %s", code, said)
	}
}

// sameRows holds a download to the output of a command, line by line.
func sameRows(t *testing.T, address string, args ...string) {
	t.Helper()
	store := filepath.Join(t.TempDir(), "entente.db")
	var stdout bytes.Buffer
	for _, args := range [][]string{{"ingest", "--quiet", "../../examples/articles"}, append(args, "--format", "csv")} {
		if code := run(t.Context(), append(args, "--store", store), strings.NewReader(""), &stdout, io.Discard); code != exitOK {
			t.Fatalf("%q: exit code %d", args, code)
		}
	}
	answer, err := http.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	got, want := strings.Split(string(body), "\n"), strings.Split(stdout.String(), "\n")
	slices.Sort(got) // acts of one day may stand in another order
	slices.Sort(want)
	if err != nil || len(want) < 4 || !slices.Equal(got, want) {
		t.Errorf("%s: %v\n%s\nwant what %q prints:\n%s", address, err, body, args, &stdout)
	}
}

// TestServeBeyond: what other machines reach asks for a token.
func TestServeBeyond(t *testing.T) {
	t.Setenv("ENTENTE_TOKEN", "")
	address, stop := serving(t, "--listen", "0.0.0.0:0")
	defer stop()
	token := address.Query().Get("token")
	if len(token) < 16 {
		t.Errorf("the token is %q", token)
	}
	for query, want := range map[string]int{"": http.StatusUnauthorized, "?token=wrong": http.StatusUnauthorized, "?token=" + token: http.StatusOK} {
		jar := &oneCookie{}
		answer, err := (&http.Client{Jar: jar}).Get("http://127.0.0.1:" + address.Port() + "/" + query)
		if err != nil {
			t.Fatal(err)
		}
		answer.Body.Close()
		if answer.StatusCode != want {
			t.Errorf("%q: %s, want %d", query, answer.Status, want)
		}
	}
}

// oneCookie keeps what was set last.
type oneCookie struct{ cookies []*http.Cookie }

func (o *oneCookie) SetCookies(_ *url.URL, c []*http.Cookie) { o.cookies = c }
func (o *oneCookie) Cookies(*url.URL) []*http.Cookie         { return o.cookies }

func TestServeRefuses(t *testing.T) {
	store := filepath.Join(t.TempDir(), "entente.db")
	run(t.Context(), []string{"ingest", "--quiet", "--store", store, "../../examples/articles/2009-06-27-corfu.txt"}, strings.NewReader(""), io.Discard, io.Discard)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	for _, tt := range []struct {
		args []string
		code int
		want string
	}{
		{[]string{"--listen", "8080"}, exitUsage, "want HOST:PORT"},
		{[]string{"--listen", ln.Addr().String()}, exitFailed, "port 0 is any free one"},
		{[]string{"more"}, exitUsage, "no arguments"},
		{[]string{"--store", store + "x"}, exitFailed, "no store"},
	} {
		var stderr bytes.Buffer
		code := run(t.Context(), append([]string{"serve", "--store", store}, tt.args...), strings.NewReader(""), io.Discard, &stderr)
		if code != tt.code || !strings.Contains(stderr.String(), tt.want) {
			t.Errorf("%q: exit code %d, said %s", tt.args, code, &stderr)
		}
	}
	t.Setenv("ENTENTE_TOKEN", "short")
	var stderr bytes.Buffer
	if code := run(t.Context(), []string{"serve", "--store", store, "--listen", "127.0.0.1:0"}, strings.NewReader(""), io.Discard, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "at least 16") {
		t.Errorf("a short token: exit code %d, said %s", code, &stderr)
	}
}

// TestPageAsker asks the stores of this program as the Cypher page does.
func TestPageAsker(t *testing.T) {
	for limit, more := range map[int]bool{2: true, 3: false, 10: false} {
		columns, rows, got, err := pageAsker{memory.New()}.Query(t.Context(), "UNWIND ['a', 'b', 'c'] AS letter RETURN letter, size(letter) AS n", limit)
		if err != nil || got != more || !slices.Equal(columns, []string{"letter", "n"}) || len(rows) != min(limit, 3) || !slices.Equal(rows[1], []string{"b", "1"}) {
			t.Errorf("limit %d: %q %q more %v: %v", limit, columns, rows, got, err)
		}
	}
	for statement, want := range map[string]string{
		"CREATE (n)": "", "RETURN": "", "EXPLAIN MATCH (n) RETURN n": "entente query", "RETURN reduce(s = 'x', i IN range(1, 100) | s + s)": "",
		"UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b RETURN count(*)": "", "RETURN range(1, 100000000)": "",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), 300*time.Millisecond)
		defer cancel()
		if _, rows, _, err := (pageAsker{memory.New()}).Query(ctx, statement, 10); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: answered %.100q, error %v", statement, rows, err)
		}
	}
}
