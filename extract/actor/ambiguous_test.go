package actor_test

import (
	"slices"
	"strings"
	"testing"

	"entente/extract"
	"entente/schema"
)

// upos are the universal parts of speech of the Penn tags that the tests use.
var upos = map[string]string{
	"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "JJ": "ADJ", "VBD": "VERB", "VBZ": "VERB", "VB": "VERB", "VBN": "VERB", "MD": "AUX",
	"DT": "DET", "IN": "ADP", "TO": "PART", "CC": "CCONJ", "POS": "PART", "PRP": "PRON", "PRP$": "PRON", "RB": "ADV", "CD": "NUM", "HYPH": "PUNCT", "WP": "PRON",
}

// tagged is a document of one article day, its sentences written as word_TAG with blanks between; marks may stand without tag.
func tagged(published string, sentences ...string) *extract.Doc {
	d := &extract.Doc{Article: schema.Article{Published: schema.Date(published)}}
	var text strings.Builder
	for _, line := range sentences {
		s := extract.Sentence{Start: text.Len()}
		for f := range strings.FieldsSeq(line) {
			word, tag, ok := strings.Cut(f, "_")
			pos := upos[tag]
			if !ok {
				tag, pos = word, "PUNCT"
			}
			if text.Len() > 0 && word != "'s" {
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(word)
			s.Tokens = append(s.Tokens, extract.Token{Start: start, End: text.Len(), Text: word, UPOS: pos, XPOS: tag, Lemma: strings.ToLower(word), Head: -1})
		}
		s.End = text.Len()
		d.Sentences = append(d.Sentences, s)
	}
	d.Article.Text = text.String()
	return d
}

// TestAmbiguous asks what a name stands for: parties, "at" and a place, "-" for neither.
func TestAmbiguous(t *testing.T) {
	r := newResolver(t)
	for _, tt := range []struct {
		day, text, name, want string
	}{
		{"2012-03-05", "Georgia_NNP accused_VBD Russia_NNP ._.", "Georgia", "GEO"},
		{"2012-03-05", "Farmers_NNS in_IN Atlanta_NNP ,_, Georgia_NNP ,_, left_VBD ._.", "Georgia", "at USA/georgia"},
		{"2012-03-05", "Georgia_NNP Tech_NNP beat_VBD Duke_NNP ._.", "Georgia", "-"},
		{"2012-03-05", "Jordan_NNP rejected_VBD it_PRP ._.", "Jordan", "JOR"},
		{"2012-03-05", "Jordan_NNP Miller_NNP rejected_VBD it_PRP ._.", "Jordan", "-"},
		{"2012-03-05", "Chad_NNP closed_VBD its_PRP$ border_NN with_IN Libya_NNP ._.", "Chad", "TCD"},
		{"2012-03-05", "Chad_NNP Wilson_NNP said_VBD so_RB ._.", "Chad", "-"},
		{"2012-03-05", "Turkey_NNP closed_VBD a_DT border_NN ._.", "Turkey", "TUR"},
		{"2012-03-05", "They_PRP ate_VBD turkey_NN and_CC rice_NN ._.", "turkey", "-"},
		{"2012-03-05", "Guinea_NNP and_CC Mali_NNP agreed_VBD ._.", "Guinea", "GIN"},
		{"2012-03-05", "Equatorial_NNP Guinea_NNP agreed_VBD ._.", "Equatorial Guinea", "GNQ"},
		{"2012-03-05", "Papua_NNP New_NNP Guinea_NNP agreed_VBD ._.", "Papua New Guinea", "PNG"},
		{"2012-03-05", "South_NNP Korea_NNP answered_VBD North_NNP Korea_NNP ._.", "South Korea", "KOR"},
		{"2012-03-05", "Northern_NNP Ireland_NNP is_VBZ calm_JJ ._.", "Ireland", "-"},
		{"2012-03-05", "Washington_NNP warned_VBD Tehran_NNP ._.", "Washington", "USA"},
		{"2012-03-05", "Talks_NNS in_IN Washington_NNP failed_VBD ._.", "Washington", "at USA/washington-dc"},
		{"2012-03-05", "The_DT Washington_NNP Post_NNP said_VBD so_RB ._.", "Washington", "-"},
		{"2012-03-05", "Iran_NNP Air_NNP bought_VBD jets_NNS ._.", "Iran", "-"},
		{"2012-03-05", "He_PRP played_VBD Russian_JJ roulette_NN ._.", "Russian", "-"},
		{"2012-03-05", "He_PRP ate_VBD French_JJ fries_NNS ._.", "French", "-"},
		{"1980-03-05", "Moscow_NNP refused_VBD ._.", "Moscow", "SUN"},
		{"2012-03-05", "Moscow_NNP refused_VBD ._.", "Moscow", "RUS"},
		{"1987-03-05", "Bonn_NNP refused_VBD ._.", "Bonn", "DEU"},
		{"1987-03-05", "East_NNP Germany_NNP refused_VBD ._.", "East Germany", "DDR"},
		{"2012-03-05", "They_PRP told_VBD us_PRP so_RB ._.", "us", "-"},
		{"2012-03-05", "The_DT US_NNP told_VBD them_PRP so_RB ._.", "US", "USA"},
		{"2012-03-05", "The_DT EU_NNP met_VBD ,_, and_CC Brussels_NNP offered_VBD aid_NN ._.", "Brussels", "EU"},
		{"2012-03-05", "A_DT fair_NN in_IN Brussels_NNP closed_VBD ._.", "Brussels", "at BEL/brussels"},
		{"2012-03-05", "He_PRP asked_VBD who_WP paid_VBD ._.", "who", "-"},
		{"2012-03-05", "The_DT WHO_NNP paid_VBD ._.", "WHO", "WHO"},
	} {
		doc := tagged(tt.day, tt.text)
		r.Resolve(doc)
		got := "-"
		for _, m := range doc.Mentions {
			start, end := doc.Sentences[0].Span(m.First, m.Last)
			if doc.Article.Text[start:end] != tt.name {
				continue
			}
			switch {
			case len(m.Parties) > 0:
				got = strings.Join(m.Parties, " ")
			case m.Place != "":
				got = "at " + m.Place
			}
		}
		if got != tt.want {
			t.Errorf("%s: %s stands for %s, want %s", tt.text, tt.name, got, tt.want)
		}
	}
}

// TestScan holds that the look before parsing sees two parties where there are two, and fewer where there are none.
func TestScan(t *testing.T) {
	r := newResolver(t)
	for _, tt := range []struct {
		text     string
		min, max int
	}{
		{"Prices_NNS rose_VBD again_RB ._.", 0, 0},
		{"France_NNP accused_VBD Spain_NNP ._.", 2, 2},
		{"Russia_NNP said_VBD Russia_NNP won_VBD ._.", 1, 1},
		{"The_DT two_CD countries_NNS agreed_VBD ._.", 2, 4},
		{"It_PRP warned_VBD Oman_NNP ._.", 2, 2},
		{"Iran_NNP Air_NNP bought_VBD fuel_NN ._.", 0, 0},
	} {
		doc := tagged("", tt.text)
		if n := r.Scan(&doc.Sentences[0]); n < tt.min || n > tt.max {
			t.Errorf("%s: %d parties, want %d to %d", tt.text, n, tt.min, tt.max)
		}
	}
}

// TestHostile holds that nothing a tagger or a text may bring is a panic.
func TestHostile(t *testing.T) {
	r := newResolver(t)
	for _, text := range []string{
		"", "'s_POS", "of_IN of_IN of_IN", "the_DT", ",_, ,_, and_CC", "President_NNP", "President_NNP ,_, of_IN", "both_DT", "the_DT two_CD",
		"members_NNS of_IN", "NATO_NNP members_NNS", "-_HYPH -_HYPH", "who_WP heads_VBZ", "his_PRP$", "'_POS minister_NN", "Mr._NNP", "the_DT Hon._NNP",
		"In_IN the_DT", "In_IN its_PRP$ ,_,", "\xff\xfe_NNP said_VBD", strings.Repeat("U.S._NNP and_CC ", 3000) + "officials_NNS",
	} {
		doc := tagged("not a date", text)
		r.Resolve(doc)
		for i := range doc.Sentences {
			r.Scan(&doc.Sentences[i])
		}
		parsed := tagged("2012", text, text)
		for i := range parsed.Sentences {
			s := &parsed.Sentences[i]
			s.Parsed = true
			for j := range s.Tokens {
				s.Tokens[j].Head, s.Tokens[j].Label = j-1, "dep"
			}
		}
		r.Resolve(parsed)
	}
}

// TestEntities holds that everything a mention or tie names is declared, with the names seen.
func TestEntities(t *testing.T) {
	r := newResolver(t)
	doc := tagged("2012-03-05",
		"Chilean_JJ Foreign_NNP Minister_NNP Rosa_NNP M._NNP Delgado_NNP met_VBD NATO_NNP officials_NNS in_IN Geneva_NNP ._.",
		"Delgado_NNP left_VBD ._.")
	r.Resolve(doc)
	for _, m := range doc.Mentions {
		ids := append(slices.Clone(m.Parties), m.Agent, m.Place)
		for _, id := range ids {
			if _, ok := doc.Entities[id]; id != "" && !ok {
				t.Errorf("entity %s is not declared", id)
			}
		}
	}
	e := doc.Entities["rosa-delgado"]
	if e.Kind != schema.Person || e.Name != "Rosa Delgado" || !slices.Contains(e.Aliases, "Delgado") || !slices.Contains(e.Aliases, "Rosa M. Delgado") {
		t.Errorf("rosa-delgado is %v with aliases %q", e, e.Aliases)
	}
	if e := doc.Entities["CHL"]; e.Kind != schema.State || e.Codes["iso3"] != "CHL" {
		t.Errorf("CHL is %v with codes %v", e, e.Codes)
	}
	if e := doc.Entities["CHE/geneva"]; e.Kind != schema.Place || e.State != "CHE" {
		t.Errorf("CHE/geneva is %v of %s", e, e.State)
	}
}
