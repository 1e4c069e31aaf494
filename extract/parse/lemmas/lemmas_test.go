package lemmas

import (
	"strings"
	"testing"
)

// samples are few verbs from which wrong rules follow: of a verb in -oring, in -ed.
var samples = []Sample{
	{"honoring", "VBG", "honor"}, {"monitoring", "VBG", "monitor"}, {"favoring", "VBG", "favor"}, {"talked", "VBD", "talk"},
	{"asked", "VBD", "ask"}, {"walked", "VBD", "walk"}, {"hoped", "VBD", "hope"}, {"ties", "NNS", "tie"}, {"freed", "VBN", "fre"},
	{"said", "VBD", "say"}, {"ministers", "NNS", "minister"}, {"talks", "NNS", "talk"}, {"Peru", "NNP", "Peru"},
}

func learnt(t *testing.T) *Model {
	t.Helper()
	m, err := Read(Learn(samples, []string{"stop", "tax", "cede", "visit", "tie", "prefer", "quit", "vie", "taxi", "hop", "deny"}))
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLearn(t *testing.T) {
	m := learnt(t)
	for _, c := range []struct{ form, xpos, want string }{
		{"hoped", "VBD", "hope"}, {"hopped", "VBD", "hop"}, {"Talked", "VBD", "talk"},
		{"deploring", "VBG", "deplore"}, {"deplored", "VBN", "deplore"}, {"honoring", "VBG", "honor"}, // the hand list
		{"freed", "VBN", "free"}, // it overrules a slip of the treebank
		{"ceded", "VBD", "cede"}, {"ceding", "VBG", "cede"}, {"stopping", "VBG", "stop"}, {"stopped", "VBN", "stop"},
		{"taxes", "VBZ", "tax"}, {"ties", "VBZ", "tie"}, {"tying", "VBG", "tie"}, {"vied", "VBD", "vie"}, {"visiting", "VBG", "visit"},
		{"preferred", "VBD", "prefer"}, {"quitting", "VBG", "quit"}, {"denied", "VBD", "deny"}, {"denies", "VBZ", "deny"},
		{"understood", "VBD", "understand"}, {"", "VBG", ""}, {"ing", "VBG", "ing"},
	} {
		if got := m.Lemma(c.form, c.xpos, false); got != c.want {
			t.Errorf("%s %s: got %q, want %q", c.form, c.xpos, got, c.want)
		}
	}
}

// TestHandVerbs: every verb of the hand list is found again from its forms.
func TestHandVerbs(t *testing.T) {
	m := learnt(t)
	seen := map[string]bool{}
	for _, v := range handVerbs() {
		if seen[v] || strings.Trim(v, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q stands twice in the list or is no word", v)
		}
		seen[v] = true
		for _, s := range inflections(v) {
			if got := m.Lemma(s.Form, s.XPOS, false); got != v && !irregularVerbs()[v] {
				t.Errorf("%s %s: got %q, want %q", s.Form, s.XPOS, got, v)
			}
		}
	}
}
