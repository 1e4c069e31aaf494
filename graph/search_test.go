package graph

import (
	"slices"
	"strings"
	"testing"

	"entente/schema"
)

func TestWords(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"Russia's envoy to NATO":        "russia s envoy to nato",
		"Mikheil Saakashvíli, 42":       "mikheil saakashvili 42",
		"U.S.–Soviet":                   "u s soviet",
		"ﬁnal Ⅳ":                        "final iv",
		"Йошкар":                        "иошкар",
		"İstanbul":                      "istanbul",
		strings.Repeat("a", 100) + " b": strings.Repeat("a", longestWord) + " b",
	} {
		if got := strings.Join(Words(text), " "); got != want {
			t.Errorf("words of %q: %q, want %q", text, got, want)
		}
		if again := strings.Join(Words(want), " "); again != want {
			t.Errorf("words of words %q: %q", want, again)
		}
	}
}

func TestParseSearch(t *testing.T) {
	for text, want := range map[string]struct{ yes, no []string }{
		"treaty russia":          {[]string{"Russia signs a treaty", "TREATY; Russia"}, []string{"a treaty", "russian treaties"}},
		"treat* russia":          {[]string{"Russia: treaties"}, []string{"retreat of Russia"}},
		`"strategic concept"`:    {[]string{"the Strategic Concept of NATO"}, []string{"concept strategic", "strategic new concept"}},
		"anti-missile":           {[]string{"an anti missile shield"}, []string{"missile anti"}},
		`start "new start" x-y*`: {[]string{"New START x yz"}, []string{"new x start y"}},
	} {
		s, err := ParseSearch(text)
		if err != nil {
			t.Fatal(err)
		}
		for _, y := range want.yes {
			if !s.In(y) {
				t.Errorf("%s is not found in %q", text, y)
			}
		}
		for _, n := range want.no {
			if s.In(n) {
				t.Errorf("%s is found in %q", text, n)
			}
		}
	}
	for _, text := range []string{"", " ", `""`, "- *", `"open`} {
		if _, err := ParseSearch(text); err == nil {
			t.Errorf("%q is no error", text)
		}
	}
}

func TestNamesText(t *testing.T) {
	s, err := ParseSearch(`"union russia"`)
	if err != nil {
		t.Fatal(err)
	}
	text := NamesText(schema.Entity{Name: "Soviet Union", Aliases: []string{"Russia"}})
	if (Term{Words: s.Terms[0].Words}).in(strings.Fields(text)) {
		t.Errorf("words of two names stand together in %q", text)
	}
	if !slices.Contains(strings.Fields(text), "union") {
		t.Error(text)
	}
}
