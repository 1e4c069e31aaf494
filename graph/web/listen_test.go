package web_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/graph/web"
)

// listening serves a site on a port of this machine; stop ends it and returns what Serve did.
func listening(t *testing.T, srv web.Server, h http.Handler) (address string, stop func() error) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- srv.Serve(ctx, ln, h) }()
	stop = sync.OnceValue(func() error {
		cancel()
		return <-done
	})
	t.Cleanup(func() { stop() })
	return ln.Addr().String(), stop
}

// raw sends bytes and returns the first line of the answer.
func raw(t *testing.T, address, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	c.SetDeadline(time.Now().Add(20 * time.Second))
	go io.WriteString(c, request) // the server may answer before it has read all
	line, _ := bufio.NewReader(c).ReadString('\n')
	return strings.TrimSpace(line)
}

// TestServe: attacks over a real connection, after each of which the pages still answer, and an orderly end.
func TestServe(t *testing.T) {
	address, stop := listening(t, web.Server{}, desk(t))
	if got := raw(t, address, "GET /"+strings.Repeat("a", 10<<20)+" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); !strings.Contains(got, "431") && !strings.Contains(got, "414") {
		t.Errorf("an address of 10 MB: %q", got)
	}
	if got := raw(t, address, "GET /"+strings.Repeat("a", 20<<10)+" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"); !strings.Contains(got, "414") {
		t.Errorf("an address of 20 kB: %q", got)
	}
	if got := raw(t, address, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Long: "+strings.Repeat("a", 1<<20)+"\r\n\r\n"); !strings.Contains(got, "431") {
		t.Errorf("a header of 1 MB: %q", got)
	}
	if got := raw(t, address, "GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n"); !strings.Contains(got, "421") {
		t.Errorf("a forged Host: %q", got)
	}
	if got := raw(t, address, "GET / HTTP/1.1\r\n\r\n"); !strings.Contains(got, "400") {
		t.Errorf("no Host: %q", got)
	}
	if got := raw(t, address, "\x16\x03\x01 nonsense\r\n\r\n"); !strings.Contains(got, "400") {
		t.Errorf("nonsense: %q", got)
	}
	flood(t, address)
	if err := stop(); err != nil {
		t.Errorf("the end: %v", err)
	}
	if _, err := net.Dial("tcp", address); err == nil {
		t.Error("still listening")
	}
}

// flood opens many connections that send half a request, and asks beside them.
func flood(t *testing.T, address string) {
	t.Helper()
	for range 200 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ")
	}
	for range 50 {
		r, err := http.Get("http://" + address + "/pair/NATO/RUS")
		if err != nil {
			t.Fatal(err)
		}
		io.Copy(io.Discard, r.Body)
		r.Body.Close()
		if r.StatusCode != http.StatusOK {
			t.Fatalf("beside the flood: %s", r.Status)
		}
	}
}

// TestSlowClient: a request that does not come is given up, and so is an answer that is not taken.
func TestSlowClient(t *testing.T) {
	const patience = 200 * time.Millisecond
	address, _ := listening(t, web.Server{Head: patience, Write: patience}, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		io.Copy(w, io.LimitReader(endless{}, 64<<20))
	}))
	for _, request := range []string{"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ", "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"} {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, request)
		time.Sleep(3 * patience)
		c.SetReadDeadline(time.Now().Add(10 * time.Second))
		n, err := io.Copy(io.Discard, c)
		if errors.Is(err, os.ErrDeadlineExceeded) || n > 32<<20 {
			t.Errorf("%q: not cut off after %d bytes: %v", request, n, err)
		}
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

// TestManyConnections: what is beyond the number waits its turn, and has it.
func TestManyConnections(t *testing.T) {
	address, _ := listening(t, web.Server{Head: 100 * time.Millisecond, Connections: 4}, desk(t))
	for range 4 {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close()
		io.WriteString(c, "GET / HTTP/1.1\r\n")
	}
	if got := raw(t, address, "GET /vocabulary HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"); !strings.Contains(got, "200") {
		t.Errorf("after the others were cut off: %q", got)
	}
}
