package token_test

import (
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"entente/extract"
	"entente/extract/token"
	"entente/schema"

	"github.com/google/go-cmp/cmp"
)

// show writes one sentence a line, its tokens joined by "_", after the number of its paragraph and "#" for a headline.
func show(d *extract.Doc) string {
	var b strings.Builder
	for _, s := range d.Sentences {
		b.WriteByte('0' + byte(s.Paragraph))
		if s.Headline {
			b.WriteByte('#')
		}
		for i, w := range s.Tokens {
			b.WriteString([]string{"_", " "}[min(1, max(0, 1-i))])
			b.WriteString(w.Text)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func TestSentences(t *testing.T) {
	tok := token.New()
	for _, c := range []struct{ text, want string }{
		{"The U.S. had left. The U.S. The decision stands.", "0 The_U.S._had_left_.\n0 The_U.S.\n0 The_decision_stands_.\n"},
		{"Gen. David Hale met Lt. Col. J. R. Smith in Washington, D.C. on Monday.", "0 Gen._David_Hale_met_Lt._Col._J._R._Smith_in_Washington_,_D.C._on_Monday_.\n"},
		{"It began at 3 p.m. Wednesday. It ended at 5 p.m. He left.", "0 It_began_at_3_p.m._Wednesday_.\n0 It_ended_at_5_p.m.\n0 He_left_.\n"},
		{"“We respect their rights.” He added: ‘No.’ Then he left.", "0 \"_We_respect_their_rights_._\"\n0 He_added_:_'_No_._'\n0 Then_he_left_.\n"},
		{"Is it over?! \"Yes!\" she said.", "0 Is_it_over_?!\n0 \"_Yes_!_\"_she_said_.\n"},
		{"Resolution No. 1973 was adopted. Art. 5 was not.", "0 Resolution_No._1973_was_adopted_.\n0 Art._5_was_not_.\n"},
		{"Talks on Nov. 19-20 failed. Yes.", "0 Talks_on_Nov._19_-_20_failed_.\n0 Yes_.\n"},
		{"Iran said the U.S. Had lied. Japan said the U.S. In its view erred. The U.S. They left.", "0 Iran_said_the_U.S._Had_lied_.\n0 Japan_said_the_U.S._In_its_view_erred_.\n0 The_U.S.\n0 They_left_.\n"},
		{"1. The parties shall meet. 2. They shall talk.", "0 1_._The_parties_shall_meet_.\n0 2_._They_shall_talk_.\n"},
		{"Wait... What?", "0 Wait_...\n0 What_?\n"},
		{"", ""},
		{" \n\t\n ", ""},
	} {
		if diff := cmp.Diff(c.want, show(tok.Split(schema.Article{Text: c.text}))); diff != "" {
			t.Errorf("%q (-want +got):\n%s", c.text, diff)
		}
	}
}

func TestTokens(t *testing.T) {
	tok := token.New()
	for _, c := range []struct{ text, want string }{
		{"the NATO-Russia Council", "the NATO - Russia Council"},
		{"ex-Soviet non-aligned mid-July re-entry", "ex-Soviet non-aligned mid-July re-entry"},
		{"Russia’s and the Baltic states’ ties", "Russia 's and the Baltic states ' ties"},
		{"they'd, we've, I'm, don't, can’t, cannot", "they 'd , we 've , I 'm , do n't , ca n't , can not"},
		{"O'Shea's N'Djamena 'said d'Estaing", "O'Shea 's N'Djamena ' said d'Estaing"},
		{"$5.5 million (€3bn), 20% in 2010/11", "$ 5.5 million ( € 3 bn ) , 20 % in 2010/11"},
		{"and/or—as he put it—“no”…", "and / or - as he put it - \" no \" ..."},
		{"Mr. Sept. 3, 1,000 at 10:30 a.m.", "Mr. Sept. 3 , 1,000 at 10:30 a.m."},
		{"see https://example.org/a-b, or mail x.y@example.org.", "see https://example.org/a-b , or mail x.y@example.org ."},
		{"the 2010-12-08 note; AT&T", "the 2010-12-08 note ; AT&T"},
		{"Tromsø, Erdoğan's İstanbul", "Tromsø , Erdoğan 's İstanbul"},
		{"the '90s", "the '90s"},
		{"well-being of three-year-old U.S.-backed", "well - being of three - year - old U.S. - backed"},
	} {
		var got []string
		for _, s := range tok.Split(schema.Article{Text: c.text}).Sentences {
			for _, w := range s.Tokens {
				got = append(got, w.Text)
			}
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q:\ngot  %s\nwant %s", c.text, g, c.want)
		}
	}
}

func TestParagraphs(t *testing.T) {
	tok := token.New()
	for _, c := range []struct {
		name    string
		article schema.Article
		want    string
	}{
		{"first line is a headline", schema.Article{Text: "Chile and Peru resume talks\n\nChile agreed. Peru did too.\n\nBoth left.\n"},
			"0# Chile_and_Peru_resume_talks\n1 Chile_agreed_.\n1 Peru_did_too_.\n2 Both_left_.\n"},
		{"first line is the title with a stop", schema.Article{Title: "Peru rejects offer.", Text: "Peru rejects offer.\nPeru rejected the offer.\n"},
			"0# Peru_rejects_offer_.\n1 Peru_rejected_the_offer_.\n"},
		{"no headline in a lone paragraph", schema.Article{Text: "Peru rejects the offer of Chile"}, "0 Peru_rejects_the_offer_of_Chile\n"},
		{"hard-wrapped", schema.Article{Text: "The government of Peru said on Monday that it would\nsend its foreign minister to Santiago for talks on the\nborder. Chile said it would receive him.\n\nNo date was named.\n"},
			"0 The_government_of_Peru_said_on_Monday_that_it_would_send_its_foreign_minister_to_Santiago_for_talks_on_the_border_.\n0 Chile_said_it_would_receive_him_.\n1 No_date_was_named_.\n"},
		{"wire indentation", schema.Article{Text: "Peru said on Monday that it would send its foreign minister\nto Santiago for talks.\n    Chile said it would receive him with all the honours that\nare due.\n    No date was named.\n"},
			"0 Peru_said_on_Monday_that_it_would_send_its_foreign_minister_to_Santiago_for_talks_.\n1 Chile_said_it_would_receive_him_with_all_the_honours_that_are_due_.\n2 No_date_was_named_.\n"},
		{"a line a paragraph", schema.Article{Text: "Peru said that it would send its minister.\nChile said it would receive him.\nNo date was named"},
			"0 Peru_said_that_it_would_send_its_minister_.\n1 Chile_said_it_would_receive_him_.\n2 No_date_was_named\n"},
		{"bullets", schema.Article{Text: "The text says:\n- Peru withdraws its troops\n- Chile pays\n• both meet again"},
			"0 The_text_says_:\n1 -_Peru_withdraws_its_troops\n2 -_Chile_pays\n3 •_both_meet_again\n"},
		{"capitals inside", schema.Article{Text: "Peru agreed to talk.\n\nBORDER TALKS\n\nChile did too."},
			"0 Peru_agreed_to_talk_.\n1# BORDER_TALKS\n2 Chile_did_too_.\n"},
		{"furniture", schema.Article{
			Text: "Peru to talk\n\nLIMA (Wire) - Peru agreed. Read more. It left.\n\nBy A. Writer\n",
			Furniture: []schema.Furniture{{Start: 0, End: 12, Kind: "title"}, {Start: 14, End: 28, Kind: "dateline"},
				{Start: 41, End: 51, Kind: "link"}, {Start: 61, End: 74, Kind: "byline"}},
		}, "0# Peru_to_talk\n1 Peru_agreed_.\n1 It_left_.\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, show(tok.Split(c.article))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// check holds what every document promises.
func check(t testing.TB, d *extract.Doc) {
	t.Helper()
	at := 0
	for _, s := range d.Sentences {
		if s.Start < at || s.End <= s.Start || s.End > len(d.Article.Text) || len(s.Tokens) == 0 {
			t.Fatalf("sentence %d-%d after %d, %d tokens", s.Start, s.End, at, len(s.Tokens))
		}
		seen := s.Start
		for _, w := range s.Tokens {
			if w.Start < seen || w.End <= w.Start || w.End > s.End || w.Head != -1 {
				t.Fatalf("token %+v after %d in sentence %d-%d", w, seen, s.Start, s.End)
			}
			if gap := d.Article.Text[seen:w.Start]; strings.TrimFunc(gap, func(r rune) bool { return r <= ' ' || r >= 0x7f }) != "" {
				t.Fatalf("%q is in no token", gap)
			}
			if isASCII(d.Article.Text[w.Start:w.End]) && w.Text != d.Article.Text[w.Start:w.End] {
				t.Fatalf("token %+v is not the text %q", w, d.Article.Text[w.Start:w.End])
			}
			seen = w.End
		}
		if seen != s.End {
			t.Fatalf("sentence %d-%d ends after its last token, %d", s.Start, s.End, seen)
		}
		at = s.End
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{"The U.S. left. It's over—“yes”…", "'said O'Shea's İİ's K's", "a\n    b\n\n- c\n1. d", "\xff\xfe.\x00 A", "...--!?'n't", "…", "x@y.z,"} {
		f.Add(s, 1, 4)
	}
	tok := token.New()
	f.Fuzz(func(t *testing.T, text string, start, end int) {
		check(t, tok.Split(schema.Article{Text: text, Title: "A", Furniture: []schema.Furniture{{Start: start, End: end, Kind: "dateline"}}}))
	})
}

// TestLong holds that the time is linear in the text, whatever it consists of.
func TestLong(t *testing.T) {
	tok := token.New()
	for _, part := range []string{"!", ".", "a", "a-", "'s", "\"", "(", "a. ", "A. ", "U.S. ", "a\n", "\n", "[1", "...'", "=", "İ", "- "} {
		check(t, tok.Split(schema.Article{Text: strings.Repeat(part, 100_000)}))
	}
}

func TestConcurrent(t *testing.T) {
	tok := token.New()
	const text = "Peru’s foreign minister said “no” to Chile's offer. The U.S. had left on Nov. 3-4."
	want := show(token.New().Split(schema.Article{Text: text}))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := show(tok.Split(schema.Article{Text: text})); got != want {
					t.Errorf("got %s", got)
				}
			}
		})
	}
	wg.Wait()
}

func BenchmarkSplit(b *testing.B) {
	text := strings.Repeat("Peru’s foreign minister, María Ruiz, said on Monday that the U.S. had “no role” in the border talks with Chile, which began on Nov. 3 in Lima. "+
		"Chile's ambassador to the United Nations did not reply to requests for comment.\n\n", 20)
	tok := token.New()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		tok.Split(schema.Article{Text: text})
	}
}
