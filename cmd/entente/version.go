package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"runtime"
	"runtime/debug"
	"sync"

	"entente/schema"

	"github.com/urfave/cli/v2"
)

// release is the version of the program as CHANGELOG.md names it.
const release = "0.1.0-dev"

// version is the release with the commit it was built from, where that is known.
var version = sync.OnceValue(func() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return release
	}
	revision, changed := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			changed = "+changes"
		}
	}
	if revision == "" {
		return release
	}
	return release + "+" + revision + changed
})

// vocabulary is a digest of the relation types: it changes whenever a type, class, score or mode does.
func vocabulary() string {
	h := sha256.New()
	for _, i := range schema.Relations() {
		fmt.Fprintln(h, i)
	}
	return hex.EncodeToString(h.Sum(nil)[:6])
}

// showVersion names the program and the data that decide what it reads.
func (p *program) showVersion(*cli.Context) error {
	x, err := newExtractor()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "entente %s\nextractor %s %s\nvocabulary %s\n%s %s/%s\n",
		version(), x.Info().Name, x.Info().Version, vocabulary(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
