package actor_test

import (
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"

	"entente/extract"
)

// BenchmarkResolve reads the cases of testdata as one article each, tagged and parsed beforehand.
func BenchmarkResolve(b *testing.B) {
	r := newResolver(b)
	docs, sentences := benchDocs(b)
	for b.Loop() {
		for _, d := range docs {
			r.Resolve(d)
		}
	}
	b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkScan is the look at a sentence before it is parsed.
func BenchmarkScan(b *testing.B) {
	r := newResolver(b)
	docs, sentences := benchDocs(b)
	for b.Loop() {
		for _, d := range docs {
			for i := range d.Sentences {
				r.Scan(&d.Sentences[i])
			}
		}
	}
	b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

// BenchmarkReleases reads releases of the State Department, tagged and parsed beforehand: whole articles as they come.
func BenchmarkReleases(b *testing.B) {
	dir := shared(b)
	r, p := newResolver(b), newParser(b)
	var docs []*extract.Doc
	sentences := 0
	for _, a := range releases(b, filepath.Join(dir, "corpora", "state-dept", "press-releases.jsonl"))[:100] {
		docs = append(docs, resolve(r, p, a))
		sentences += len(docs[len(docs)-1].Sentences)
	}
	for b.Loop() {
		for _, d := range docs {
			r.Resolve(d)
		}
	}
	b.ReportMetric(float64(sentences)*float64(b.N)/b.Elapsed().Seconds(), "sentences/s")
}

func benchDocs(b *testing.B) (docs []*extract.Doc, sentences int) {
	b.Helper()
	for _, name := range caseFiles(b) {
		a, err := txtar.ParseFile(name)
		if err != nil {
			b.Fatal(err)
		}
		d := readCase(b, a)
		docs = append(docs, d)
		sentences += len(d.Sentences)
	}
	return docs, sentences
}
