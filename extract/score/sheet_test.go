package score

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const sheet = "verdict\ttriple\tsubject\trelation\tobject\tdate\tstatus\tagent\tconfidence\trule\tpublished\tarticle\tquote\tremark\n" +
	"y\ta1\tPER\tACCUSE\tCHL\t\tasserted\t\t0.82\taccuse/v\t2010-12-09\ta\tLima said \"no\" to Chile.\t\n" +
	"n\ta2\tPER\tACCUSE\tCHL\t\tasserted\t\t0.64\tcall/n\t2010-12-09\ta\tLima called.\tno accusation\n" +
	"Y\ta3\tPER\tCONSULT\tCHL\t\tasserted\t\t0.82\tmeet/v\t2010-12-09\ta\tThey met.\n" +
	"?\ta4\tPER\tCONSULT\tCHL\t\tasserted\t\t0.82\tmeet/v\t2010-12-09\ta\tThey met.\t\n" +
	"\ta5\tPER\tCONSULT\tCHL\t\tasserted\t\t0.82\tmeet/v\t2010-12-09\ta\tThey met.\t\n"

func TestSheet(t *testing.T) {
	name := filepath.Join(t.TempDir(), "sheet.tsv")
	if err := os.WriteFile(name, []byte(sheet), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := ReadSheet(name)
	if err != nil {
		t.Fatal(err)
	}
	want := "precision  0.667  0.208-0.939  (2 of 3)\n" +
		"ACCUSE     0.500  0.095-0.905  (1 of 2)\n" +
		"CONSULT    1.000  0.207-1.000  (1 of 1)\n" +
		"1 lines unclear, 1 without a verdict\n"
	if got := s.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if c := s.Calibration(); c.N != 3 {
		t.Errorf("%d observations, want 3", c.N)
	}
}

func TestSheetErrors(t *testing.T) {
	for text, want := range map[string]string{
		strings.Replace(sheet, "\ny\t", "\nmaybe\t", 1): `2: verdict "maybe": want y, n or ?, or nothing`,
		strings.Replace(sheet, "0.64", "sure", 1):       `3: confidence "sure": want a number from 0 to 1`,
		"y\ta1\tPER\n": "1: 3 columns, want 14: verdict, triple,",
	} {
		if _, err := readSheet(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %s", err, want)
		}
	}
	if _, err := ReadSheet("nowhere.tsv"); err == nil {
		t.Error("no error for a missing file")
	}
}
