package schema_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"entente/schema"
)

func TestSlug(t *testing.T) {
	for name, want := range map[string]string{
		"Dmitry Rogozin":             "dmitry-rogozin",
		"Jean-Marc Ayrault":          "jean-marc-ayrault",
		"Conor O'Brien":              "conor-obrien",
		"Conor O’Brien":              "conor-obrien",
		"J. Edgar  Hoover":           "j-edgar-hoover",
		"Recep Tayyip Erdoğan":       "recep-tayyip-erdogan",
		"Françoise Giuliani":         "francoise-giuliani",
		"Franc\u0327oise Giuliani":   "francoise-giuliani", // accent as a character of its own
		"İsmet İnönü":                "ismet-inonu",
		"Lech Wałęsa":                "lech-walesa",
		"Weißmann, Æthelred & Søren": "weissmann-aethelred-soren",
		"--(George)--":               "george",
		"Путин":                      "путин",
		"Henry VIII 2":               "henry-viii-2",
		"":                           "",
		"...":                        "",
	} {
		got := schema.Slug(name)
		if got != want {
			t.Errorf("Slug(%q) = %q, want %q", name, got, want)
		}
		if again := schema.Slug(got); again != got {
			t.Errorf("Slug(%q) = %q: not stable", got, again)
		}
	}
}

func TestMerged(t *testing.T) {
	a := schema.Entity{ID: "RUS", Kind: schema.State, Name: "Russia", Aliases: []string{"Moscow"}, Codes: map[string]string{"iso3": "RUS"}}
	b := schema.Entity{
		ID: "RUS", Kind: schema.Group, Name: "Russian Federation", Aliases: []string{"Moscow", "Russia", "Kremlin", ""}, State: "SUN",
		Codes: map[string]string{"iso3": "XXX", "cow": "365"},
	}
	got := a.Merged(b)
	want := schema.Entity{
		ID: "RUS", Kind: schema.State, Name: "Russia", Aliases: []string{"Kremlin", "Moscow", "Russian Federation"}, State: "SUN",
		Codes: map[string]string{"iso3": "RUS", "cow": "365"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if len(a.Aliases) != 1 || len(a.Codes) != 1 || b.Codes["iso3"] != "XXX" {
		t.Error("Merged changed what it was given")
	}
	if diff := cmp.Diff(got, got.Merged(b)); diff != "" {
		t.Errorf("merging again changes something\n%s", diff)
	}
	if named := (schema.Entity{ID: "x"}).Merged(schema.Entity{ID: "x", Name: "X"}); named.Name != "X" || len(named.Aliases) != 0 {
		t.Errorf("a name is found: %+v", named)
	}
}

func TestKinds(t *testing.T) {
	var labels []string
	for _, k := range schema.Kinds() {
		labels = append(labels, k.Label())
	}
	if diff := cmp.Diff([]string{"State", "Organization", "Person", "Group", "Place"}, labels); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if got := schema.Kind("").Label(); got != "" {
		t.Errorf("no kind: label %q", got)
	}
	if got := (schema.Entity{ID: "RUS", Kind: schema.State, Name: "Russia"}).String(); got != "RUS state Russia" {
		t.Errorf("String = %q", got)
	}
}

func TestShort(t *testing.T) {
	for want, e := range map[string]schema.Entity{
		"NATO":               {ID: "NATO", Kind: schema.Organization, Name: "North Atlantic Treaty Organization", Aliases: []string{"NATO", "the alliance"}},
		"Arab League":        {ID: "ARAB_LEAGUE", Kind: schema.Organization, Name: "Arab League", Aliases: []string{"ARAB_LEAGUE"}},
		"Amnesty":            {ID: "AI", Kind: schema.Organization, Name: "Amnesty"},
		"Russian Federation": {ID: "RUS", Kind: schema.State, Name: "Russian Federation", Aliases: []string{"RUS"}},
	} {
		if got := e.Short(); got != want {
			t.Errorf("%s: %q, want %q", e.ID, got, want)
		}
	}
}
