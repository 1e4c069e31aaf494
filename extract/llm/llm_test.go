package llm

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// lines are the triples of a reading, without ids.
func read(t *testing.T, x *Extractor, text string) string {
	t.Helper()
	r, err := x.Extract(t.Context(), story(text))
	if err != nil {
		t.Fatal(err)
	}
	_, body, _ := strings.Cut(r.String(), "\n")
	return body
}

func TestExtract(t *testing.T) {
	for _, stream := range []bool{false, true} {
		s := serve(t, func(int, request) reply {
			return reply{content: triples(
				"NATO agreed with Russia on Wednesday | NATO | AGREE | Russia | when=on Wednesday",
				`called the decision "a good  step - at last" | Russia | SUPPORT | NATO | subject_person=Sergei Lavrov`,
				"Moscow accused the alliance of spying | Russia | ACCUSE | the alliance | mode=allege | when=last month",
				"Russian Foreign Minister Sergei Lavrov | Sergei Lavrov | REPRESENTS | Russia | role=foreign minister",
			), used: Tokens{1000, 200}}
		})
		x := s.reader(t, func(o *Options) { o.Stream = stream })
		want := `NATO AGREE RUS 2010-12-08
	asserted 0-36 basis=relative model=fake-1 group=1 "NATO agreed with Russia on Wednesday"
sergei-lavrov REPRESENTS RUS "foreign minister"
	asserted 65-103 model=fake-1 group=4 "Russian Foreign Minister Sergei Lavrov"
RUS SUPPORT NATO ~2010-12-09
	asserted 104-153 agent=sergei-lavrov basis=reported model=fake-1 group=2 "called the decision “a good step – at last”"
RUS ACCUSE NATO 2010-11
	asserted 155-192 mode=allege basis=relative model=fake-1 group=3 "Moscow accused the alliance of spying"
`
		if d := cmp.Diff(want, read(t, x, meeting)); d != "" {
			t.Errorf("stream %v: -want +got\n%s\n%v", stream, d, x.Dropped())
		}
		st := x.Stats()
		if st.Requests != 1 || st.Used != (Tokens{1000, 200}) || st.Kept != 4 || st.DroppedSum() != 0 {
			t.Errorf("stream %v: %+v", stream, st)
		}
		q := s.requests()[0]
		if q.Stream != stream || q.Model != "fake-1" || q.header.Get("Authorization") != "Bearer sk-a-secret-key-0123456789" || q.ResponseFormat == nil || *q.Temperature != 0 {
			t.Errorf("asked %+v", q)
		}
		for _, want := range []string{"Published: 2010-12-09 (Thursday)", "Title: Talks", "Moscow accused the alliance of spying last month."} {
			if !strings.Contains(q.user(), want) {
				t.Errorf("no %q in\n%s", want, q.user())
			}
		}
	}
}
