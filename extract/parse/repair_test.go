package parse

import (
	"testing"

	"entente/extract"
)

func TestContentClause(t *testing.T) {
	for _, c := range []struct{ text, upos, label, want string }{
		{"Peru demanded Friday that Chile withdraw", "VERB", "advcl", "ccomp"},
		{"Peru worked so that Chile withdraw", "VERB", "advcl", "advcl"},
		{"Peru is happy that Chile withdraw", "ADJ", "advcl", "advcl"},
		{"Peru saw talks that Chile withdraw", "VERB", "acl", "acl"},
	} {
		s := hand(c.text)
		that, clause := len(s.Tokens)-3, len(s.Tokens)-1
		for i := range s.Tokens {
			s.Tokens[i].Head, s.Tokens[i].Label = 1, "dep"
		}
		s.Tokens[1] = extract.Token{Text: s.Tokens[1].Text, UPOS: c.upos, Head: -1, Label: "root"}
		s.Tokens[that].Head, s.Tokens[that].Label = clause, "mark"
		s.Tokens[clause].Label = c.label
		repair(s)
		if got := s.Tokens[clause].Label; got != c.want {
			t.Errorf("%s: %s, want %s", c.text, got, c.want)
		}
	}
}
