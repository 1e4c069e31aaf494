package neo4j

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
)

// Fault is what is wrong with a server, an address or a database.
type Fault string

// The faults.
const (
	BadAddress     Fault = "address"     // not an address of Bolt, or nobody answers there
	BadTLS         Fault = "tls"         // one side speaks TLS and the other does not, or the certificate is not trusted
	BadCredentials Fault = "credentials" // user or password
	ExpiredLogin   Fault = "expired"     // the password must be changed first
	BadDatabase    Fault = "database"    // no such database, or it is not online
	BadVersion     Fault = "version"     // a server that is too old
	BadModel       Fault = "model"       // a graph that another version of the program wrote
	Foreign        Fault = "foreign"     // a database with something else in it
	BadQuery       Fault = "query"       // the Cypher that was asked: its syntax, its types, or that it writes
	Unavailable    Fault = "unavailable" // the server went away, or cannot do it now
	Other          Fault = "other"
)

// Error is that a server could not be used. Its text is one line with the address, what is wrong and the cure.
type Error struct {
	Fault   Fault
	Address string // without user and password
	Code    string // Neo4j's own status code, empty where the server did not answer
	Message string
	Err     error // what the driver said
}

func (e *Error) Error() string { return e.Address + ": " + e.Message }
func (e *Error) Unwrap() error { return e.Err }

// explain says what an error of the driver means. The context is asked first, as the driver hides that it is done.
func (s *Store) explain(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return fmt.Errorf("%s: %w", s.address, ctx.Err())
	}
	if e, ok := errors.AsType[*Error](err); ok {
		return e
	}
	cause := innermost(err)
	e := &Error{Fault: Other, Address: s.address, Message: oneLine(cause.Error()), Err: err}
	if n, ok := errors.AsType[*neo4j.Neo4jError](cause); ok {
		e.Code = n.Code
		s.explainCode(e, n)
		return e
	}
	if _, ok := errors.AsType[*neo4j.ConnectivityError](err); ok || isConnectivity(err) || strings.Contains(e.Message, "server responded HTTP") {
		s.explainConnection(e)
	}
	return e
}

// innermost looks through the two types of the driver that hide their cause from errors.As.
func innermost(err error) error {
	for {
		if limit, ok := errors.AsType[*neo4j.TransactionExecutionLimit](err); ok && len(limit.Errors) > 0 {
			err = limit.Errors[len(limit.Errors)-1]
			continue
		}
		if c, ok := errors.AsType[*neo4j.ConnectivityError](err); ok && c.Inner != nil {
			err = c.Inner
			continue
		}
		return err
	}
}

func isConnectivity(err error) bool {
	limit, ok := errors.AsType[*neo4j.TransactionExecutionLimit](err)
	if !ok || len(limit.Errors) == 0 {
		return false
	}
	_, ok = errors.AsType[*neo4j.ConnectivityError](limit.Errors[len(limit.Errors)-1])
	return ok
}

func (s *Store) explainCode(e *Error, n *neo4j.Neo4jError) {
	switch code := n.Code; {
	case code == "Neo.ClientError.Security.CredentialsExpired":
		e.Fault, e.Message = ExpiredLogin, "the password must be changed before it can be used; run ALTER CURRENT USER SET PASSWORD FROM 'old' TO 'new' on the database system, or log in to Neo4j Browser once"
	case code == "Neo.ClientError.Security.AuthenticationRateLimit":
		e.Fault, e.Message = BadCredentials, "too many wrong passwords in a row; wait a few seconds, then correct ENTENTE_NEO4J_PASSWORD"
	case code == "Neo.ClientError.Security.Unauthorized":
		e.Fault, e.Message = BadCredentials, "the server does not accept the user or the password; check ENTENTE_NEO4J_USER and ENTENTE_NEO4J_PASSWORD"
	case strings.HasPrefix(code, "Neo.ClientError.Security."):
		e.Fault, e.Message = BadCredentials, "the server does not allow that: "+oneLine(n.Msg)
	case code == "Neo.ClientError.Database.DatabaseNotFound":
		e.Fault, e.Message = BadDatabase, fmt.Sprintf("the server has no database %q; Community Edition has only neo4j; SHOW DATABASES lists them", s.database)
	case code == "Neo.TransientError.Database.DatabaseUnavailable":
		e.Fault, e.Message = BadDatabase, fmt.Sprintf("database %q is not online; SHOW DATABASES says why", s.database)
	case code == "Neo.ClientError.Statement.AccessMode":
		e.Fault, e.Message = BadQuery, "a query may only read: "+oneLine(n.Msg)
	case strings.HasPrefix(code, "Neo.ClientError.Statement."), strings.HasPrefix(code, "Neo.ClientError.Procedure."):
		e.Fault, e.Message = BadQuery, strings.TrimSpace(n.Msg)
	case code == "Neo.TransientError.General.MemoryPoolOutOfMemoryError", code == "Neo.TransientError.General.OutOfMemoryError":
		e.Fault, e.Message = Unavailable, "the server has too little memory for that much at once; write fewer articles a batch, or raise server.memory.heap.max_size"
	case strings.HasPrefix(code, "Neo.TransientError."):
		e.Fault, e.Message = Unavailable, "the server cannot do it now, try again later: "+oneLine(n.Msg)
	default:
		e.Message = code + ": " + oneLine(n.Msg)
	}
}

// explainConnection tells apart, by what the driver and the network say, that nobody answers, that TLS does not fit, and that a connection broke.
func (s *Store) explainConnection(e *Error) {
	scheme, rest, _ := strings.Cut(s.address, "://")
	plain, _, secure := strings.Cut(scheme, "+")
	switch m := e.Message; {
	case strings.Contains(m, "x509"), strings.Contains(m, "certificate"):
		e.Fault = BadTLS
		e.Message = fmt.Sprintf("the server's certificate is not trusted (%s); use %s+ssc://%s if you know the server, or install the authority's certificate", m, plain, rest)
	case secure && (strings.Contains(m, "TLS") || strings.Contains(m, "tls") || strings.Contains(m, "EOF") || strings.Contains(m, "reset")):
		e.Fault = BadTLS
		e.Message = fmt.Sprintf("the server does not speak TLS there; use %s://%s, or enable TLS on the server", plain, rest)
	case strings.Contains(m, "connection refused"), strings.Contains(m, "no such host"), strings.Contains(m, "timeout"), strings.Contains(m, "unreachable"),
		strings.Contains(m, "no route"):
		e.Fault = BadAddress
		e.Message = fmt.Sprintf("nobody answers (%s); start Neo4j, or correct the address", m)
	case strings.Contains(m, "server responded HTTP"):
		e.Fault, e.Message = BadAddress, "a web server answers there, perhaps Neo4j Browser; Bolt is on port 7687"
	case strings.Contains(m, "routing"):
		e.Fault, e.Message = BadAddress, fmt.Sprintf("the server gives an address for routing that cannot be reached (%s); use bolt:// in place of neo4j://", m)
	default:
		e.Fault, e.Message = Unavailable, fmt.Sprintf("the connection broke (%s): what was being written is written whole or not at all; run it again", m)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
