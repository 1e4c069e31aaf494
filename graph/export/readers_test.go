package export_test

import (
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"entente/graph/export"
	"entente/internal/pytest"
)

// readers are small programs that open an exported file (sys.argv[1]) with another program's library and print what they find.
func readers() map[string]struct{ module, program, want string } {
	return map[string]struct{ module, program, want string }{
		"graphml": {"networkx", `
g = networkx.read_graphml(file)
print(type(g).__name__, g.number_of_nodes(), g.number_of_edges())
a = [d for _, _, d in g.edges(data=True) if d["relation"] == "ACCUSE"][0]
print(a["score"] + 0.0, a["status"], a["sources"], a["symmetric"], "date" in a, g.nodes["RUS"]["cow"])`,
			"MultiDiGraph 6 10\n-2.0 asserted 1 False False 365"},
		"gexf": {"networkx", `
g = networkx.read_gexf(file)
print(type(g).__name__, g.number_of_nodes(), g.number_of_edges())
a = [d for _, _, d in g.edges(data=True) if d["label"] == "CONSULT" and d["status"] == "planned"][0]
print(a["start"], a["end"], a["date"])`,
			"MultiDiGraph 6 10\n2011-06-01 2011-06-30 2011-06"},
		"nquads": {"rdflib", `
d = rdflib.Dataset()
d.parse(file, format="nquads")
said = d.query("SELECT ?g ?q WHERE { GRAPH ?g { ?s <urn:entente:relation:AGREE> ?o } ?g <urn:entente:quote> ?q }")
print(sorted(str(r.q) for r in said))
print(len(list(d.query("SELECT ?s WHERE { GRAPH ?g { ?s <urn:entente:relation:ASSAULT> ?o } }"))), sorted(str(r.d.toPython()) for r in d.query("SELECT ?d WHERE { ?s <http://purl.org/dc/terms/date> ?d }")))`,
			"['Sentence 1 of wire/1 <&> % tells of that.', 'Sentence 1 of wire/2 tells of that.']\n0 ['2008-08-08', '2010-12-08', '2011', '2011-02-10', '2011-06']"},
		"parquet": {"pyarrow.parquet", `
t = pyarrow.parquet.read_table(file)
print(t.num_rows, t.num_columns, t.schema.field("score").type, t.schema.field("sources").type, t.schema.field("quote").type)
print(sorted(t.column("score").to_pylist()))`,
			"10 27 double int64 string\n[-9.0, -6.0, -3.5, -2.0, 0.0, 0.0, 0.5, 2.5, 2.5, 4.0]"},
		"csv": {"pandas", `
t = pandas.read_csv(file, keep_default_na=False)
print(t.shape, t["relation"].value_counts()["CONSULT"], repr(t[t.subject == "GEO"]["subject_name"].iloc[0]))`,
			`(10, 27) 2 '<script>alert(1)</script>&"\'|*_[x](y)` + "`" + `\t\x01\u2028'`},
		"panel": {"pandas", `
t = pandas.read_csv(file)
print(t.shape, int(t.n.sum()), int(t.loc[t.n == 0, "score_mean"].notna().sum()), t.groupby(["a", "b"]).size().nunique())
print(t[(t.ccode2 == 365) & (t.n > 0)][["year", "month", "n", "vcp", "vcf", "score_mean"]].values.tolist())`,
			"(140, 45) 4 0 1\n[[2010.0, 12.0, 2.0, 1.0, 1.0, 0.25]]"},
		"polecat": {"pandas", `
t = pandas.read_csv(file, sep="\t", dtype={"Actor COW": str})
print(t.shape, t["Event Type"].tolist(), t["Actor COW"].tolist(), pandas.to_datetime(t["Event Date"]).dt.year.tolist(), t["Intensity"].tolist())`,
			"(4, 40) ['AGREE', 'ACCUSE', 'CONSULT', 'REQUEST'] [nan, '365', '365', nan] [2010, 2010, 2010, 2011] [2.5, -2.0, 4.0, 0.5]"},
		"icews": {"pandas", `
t = pandas.read_csv(file, sep="\t", quoting=3, dtype={"CAMEO Code": str})
print(t.shape, t["CAMEO Code"].tolist(), t["Intensity"].tolist(), t["Event ID"].is_unique)`,
			"(4, 20) ['030', '111', '042', '023'] [4.0, -2.0, 1.9, 3.4] True"},
		"gdelt": {"pandas", `
t = pandas.read_csv(file, sep="\t", header=None, quoting=3, dtype={26: str, 28: str})
print(t.shape, t[26].tolist(), t[29].tolist(), t[1].tolist())`,
			"(4, 61) ['030', '111', '042', '023'] [1, 3, 1, 1] [20101208, 20101209, 20101231, 20110210]"},
		"ftm": {"followthemoney", `
import json
from followthemoney import model
n = {}
for line in open(file, encoding="utf-8"):
    p = model.get_proxy(json.loads(line))
    n[p.schema.name] = n.get(p.schema.name, 0) + 1
    if p.schema.name == "Event" and "agrees" in p.caption: print(p.caption, p.get("date"), len(p.get("involved")))
print(dict(sorted(n.items())))`,
			"Name of NATO agrees with Russia ['2010-12-08'] 2\n{'Address': 1, 'Event': 8, 'Membership': 1, 'Organization': 2, 'Person': 1, 'PublicBody': 3, 'Representation': 1}"},
	}
}

// TestReaders opens each format in a real reader of it.
func TestReaders(t *testing.T) {
	all := readers()
	s := store(t)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		t.Run(name, func(t *testing.T) {
			r := all[name]
			python := pytest.Python(t, filepath.Join("..", "..", "docs", "cookbook", "requirements.txt"), r.module)
			got, _ := written(t, s, name, export.Options{})
			file := filepath.Join(t.TempDir(), "file")
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
			out, err := exec.CommandContext(t.Context(), python, "-c", "import sys, "+r.module+"\nfile = sys.argv[1]\n"+r.program, file).CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			if strings.TrimSpace(string(out)) != r.want {
				t.Errorf("it reads\n%s\nwant\n%s", out, r.want)
			}
		})
	}
}

// TestParquetManyRows reads more rows than a row group holds.
func TestParquetManyRows(t *testing.T) {
	python := pytest.Python(t, filepath.Join("..", "..", "docs", "cookbook", "requirements.txt"), "pyarrow.parquet")
	file := filepath.Join(t.TempDir(), "many.parquet")
	got, r := written(t, many(45_000), "parquet", export.Options{})
	if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), python, "-c", `
import sys, json, pyarrow.parquet as pq
f = pq.ParquetFile(sys.argv[1])
t = f.read()
print(json.dumps([f.num_row_groups, t.num_rows, len(set(t.column("id").to_pylist())), sum(t.column("sources").to_pylist())]))`, file).CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var is []int
	if err := json.Unmarshal(out, &is); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if want := []int{3, r.Rows, 45_000, 3 * 45_000}; !slices.Equal(is, want) {
		t.Errorf("groups, rows, ids, sources: %v, want %v", is, want)
	}
}
