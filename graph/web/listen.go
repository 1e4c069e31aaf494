package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server says how connections are kept; the zero value suits a desk.
type Server struct {
	// Head is how long a client may take to send the head of a request, Write how long to take an answer (downloads have more while they are
	// being taken), Idle how long it may be silent between requests; 0: 5, 30 and 60 seconds.
	Head, Write, Idle time.Duration
	// Connections is how many may be open at the same time; further ones wait until one of them ends; 0: 512.
	Connections int
}

// Serve answers requests on a listener until ctx ends, then lets those in hand finish for up to five seconds. Slow clients are cut off.
func (s Server) Serve(ctx context.Context, ln net.Listener, h http.Handler) error {
	head := cmp.Or(s.Head, 5*time.Second)
	srv := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: head,
		ReadTimeout:       2 * head,
		WriteTimeout:      cmp.Or(s.Write, 30*time.Second),
		IdleTimeout:       cmp.Or(s.Idle, time.Minute),
		MaxHeaderBytes:    32 << 10,
		BaseContext:       func(net.Listener) context.Context { return context.WithoutCancel(ctx) },
		ErrorLog:          log.New(io.Discard, "", 0), // what clients do wrong on the way is theirs
	}
	failed := make(chan error, 1)
	go func() {
		failed <- srv.Serve(&limited{Listener: ln, room: make(chan struct{}, cmp.Or(s.Connections, 512))})
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serve %s: %w", ln.Addr(), err)
	case <-ctx.Done():
	}
	ending, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
	defer cancel()
	err := srv.Shutdown(ending)
	if errors.Is(err, context.DeadlineExceeded) {
		err = srv.Close()
	}
	<-failed
	return err
}

// limited is a listener that accepts no more than so many connections at a time.
type limited struct {
	net.Listener
	room chan struct{}
}

func (l *limited) Accept() (net.Conn, error) {
	l.room <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.room
		return nil, err
	}
	return &counted{Conn: c, done: sync.OnceFunc(func() { <-l.room })}, nil
}

type counted struct {
	net.Conn
	done func()
}

func (c *counted) Close() error {
	defer c.done()
	return c.Conn.Close()
}

// IsLoopback reports whether a listener is reachable from this machine only.
func IsLoopback(a net.Addr) bool {
	tcp, ok := a.(*net.TCPAddr)
	return ok && tcp.IP.IsLoopback()
}
