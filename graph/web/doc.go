// Package web shows a graph.Store as pages for a browser: the analyst's desk. The way of a request:
//
//  1. guard asks whether it may be answered at all: method, size, Host, Origin, token, and whether there is room
//  2. Site finds the view by its address (docs/serve.md) and filter reads what of it is asked for
//  3. snapshot knows the names, pairs and counts of the store; graph.Browser reads the triples of one screen
//  4. the view becomes HTML by html/template, or CSV, JSON or SVG where format= says so
//  5. cache keeps what was made until the store is written to
//
// Every page works without scripts and is read-only. What comes from articles is hostile: it is escaped, cut to a length, and control
// characters in it are made visible.
package web
