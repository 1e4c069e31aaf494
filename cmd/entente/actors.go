package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"entente/extract"
	"entente/extract/actor"
	"entente/extract/rules"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

func actorsFlag() cli.Flag {
	return &cli.StringFlag{Name: "actors", Usage: "a `FILE` of parties that overlays the built-in tables"}
}

// extractorOf makes the extractor that the flags ask for.
func extractorOf(c *cli.Context) (extract.Extractor, error) {
	name := c.String("actors")
	if name == "" {
		return newExtractor()
	}
	return overlaidExtractor(name)
}

// overlaidExtractor makes the extractor with a user's file of parties over the tables.
func overlaidExtractor(name string) (extract.Extractor, error) {
	digest, err := digestOf(name)
	if err != nil {
		return nil, withHint(err, "--actors names a file in the format of the tables")
	}
	x, err := rules.New(rules.Options{Actors: actor.Options{Overlay: name}})
	if err != nil {
		return nil, withHint(err, "--actors wants sections such as [organizations], and under each the columns of that table, with tabs between")
	}
	return &overlaid{x, digest}, nil
}

// digestOf is a short digest of a file's content.
func digestOf(name string) (string, error) {
	f, err := openFile(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)[:4]), nil
}

// overlaid is an extractor with a user's tables. Their digest is part of its version: what was read with other tables is read again.
type overlaid struct {
	*rules.Extractor
	digest string
}

// Info names the extractor.
func (x *overlaid) Info() schema.Extractor {
	info := x.Extractor.Info()
	info.Version += "+actors." + x.digest
	return info
}

// Extract reads one article.
func (x *overlaid) Extract(ctx context.Context, a schema.Article) (schema.Reading, error) {
	r, err := x.Extractor.Extract(ctx, a)
	r.Extractor = x.Info()
	return r, err
}
