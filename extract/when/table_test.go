package when

import (
	"testing"

	"entente/extract"
)

// dated is a case: the first expression of a text with its reading back and ahead. The day of publication is Thursday 2010-12-09.
type dated struct{ text, words, date, other string }

func check(t *testing.T, cases []dated) {
	t.Helper()
	for _, c := range cases {
		doc := hand(c.text, "2010-12-09")
		Find(doc)
		var x extract.Time
		words := ""
		if len(doc.Times) > 0 {
			x = doc.Times[len(doc.Times)-1]
			start, end := doc.Sentences[0].Span(x.First, x.Last)
			words = doc.Article.Text[start:end]
		}
		if words != c.words || string(x.Date) != c.date || string(x.Other) != c.other {
			t.Errorf("%s: got %q is %q or %q, want %q is %q or %q", c.text, words, x.Date, x.Other, c.words, c.date, c.other)
		}
	}
}

func TestRanges(t *testing.T) {
	check(t, []dated{
		{"the envoys met on 8 - 9 December 2010 in Oslo", "8 - 9 December 2010", "2010-12-08/2010-12-09", ""},
		{"the envoys met on May 24 - 27 , 2021", "May 24 - 27 , 2021", "2021-05-24/2021-05-27", ""},
		{"talks on 7 and 8 December", "7 and 8 December", "2010-12-07/2010-12-08", "2011-12-07/2011-12-08"},
		{"he toured the region from 28 April to 3 May 2009", "28 April to 3 May 2009", "2009-04-28/2009-05-03", ""},
		{"a truce from December 28 to January 3", "December 28 to January 3", "2010-12-28/2011-01-03", ""},
		{"patrols between June and October 2008", "June and October 2008", "2008-06/2008-10", ""},
		{"deliveries in April - June 2010", "April - June 2010", "2010-04/2010-06", ""},
		{"the war of 1991 - 95", "1991 - 95", "1991/1995", ""},
		{"in 1987/88 the two governments froze contacts", "1987/88", "1987/1988", ""},
		{"they confer on Monday and Tuesday", "Monday and Tuesday", "2010-12-06/2010-12-07", "2010-12-13/2010-12-14"},
		{"they confer from Monday to Thursday", "Monday to Thursday", "2010-12-06/2010-12-09", "2010-12-13/2010-12-16"},
	})
}

func TestParts(t *testing.T) {
	check(t, []dated{
		{"tariffs apply in mid-April", "mid-April", "2010-04", "2011-04"},
		{"tariffs apply in mid-March 2011", "mid-March 2011", "2011-03", ""},
		{"due in mid-2011", "mid-2011", "2011-05/2011-08", ""},
		{"due by early June", "early June", "2010-06", "2011-06"},
		{"from the beginning of 2011", "the beginning of 2011", "2011-01/2011-04", ""},
		{"at the end of last year", "the end of last year", "2009-09/2009-12", ""},
		{"by the end of the year", "the end of the year", "2010-09/2010-12", ""},
		{"he resigned late last month", "late last month", "2010-11", ""},
		{"he resigned earlier this month", "earlier this month", "2010-12-01/2010-12-09", ""},
		{"he will travel later this month", "later this month", "2010-12-09/2010-12-31", ""},
		{"he resigned earlier this year", "earlier this year", "2010-01/2010-12", ""},
		{"he resigned earlier in the week", "earlier in the week", "2010-12-06/2010-12-09", ""},
		{"in the third quarter of 2010", "the third quarter of 2010", "2010-07/2010-09", ""},
		{"in the first quarter of last year", "the first quarter of last year", "2009-01/2009-03", ""},
		{"trade fell in the second quarter", "the second quarter", "2010-04/2010-06", "2011-04/2011-06"},
		{"trade fell in the last quarter", "the last quarter", "2010-07/2010-09", ""},
		{"trade fell in last year 's third quarter", "last year 's third quarter", "2009-07/2009-09", ""},
		{"the 1987 first quarter", "1987 first quarter", "1987-01/1987-03", ""},
		{"settlers of the early 1800s", "the early 1800s", "1800/1899", ""},
		{"rivals of the 19th century", "the 19th century", "1801/1900", ""},
		{"rivals in the late twentieth century", "the late twentieth century", "1901/2000", ""},
		{"they will meet in the spring .", "the spring", "2010-03/2010-05", "2011-03/2011-05"},
		{"in the fall of the cabinet", "", "", ""},
		{"signed on 25/12/2009", "25/12/2009", "2009-12-25", ""},
		{"signed on 12/25/2009", "12/25/2009", "2009-12-25", ""},
		{"signed on 4/12/2009", "", "", ""},
		{"settlers of the 1800s", "the 1800s", "1800/1899", ""},
		{"trade fell in Q3 2009", "Q3 2009", "2009-07/2009-09", ""},
		{"in the second half of 2010", "the second half of 2010", "2010-07/2010-12", ""},
		{"in the first week of June 2010", "the first week of June 2010", "2010-06-01/2010-06-07", ""},
		{"in the last week of June 2010", "the last week of June 2010", "2010-06-24/2010-06-30", ""},
		{"the budget of fiscal 1988", "1988", "1988", ""},
		{"in the early 1990s", "the early 1990s", "1990/1993", ""},
		{"rivals since the 1960s", "the 1960s", "1960/1969", ""},
		{"rivals in the 70s", "the 70s", "1970/1979", ""},
		{"in the summer of 1999", "the summer of 1999", "1999-06/1999-08", ""},
		{"in the winter of 1999 - 2000", "the winter of 1999 - 2000", "1999-12/2000-02", ""},
		{"in the winter of 1999 - 1995", "1995", "1995", ""},
		{"clashes last winter", "last winter", "2009-12/2010-02", ""},
		{"clashes last summer", "last summer", "2010-06/2010-08", ""},
		{"elections next spring", "next spring", "2011-03/2011-05", ""},
		{"a third of the quarter", "", "", ""},
		{"the second quarter final", "the second quarter", "2010-04/2010-06", "2011-04/2011-06"},
	})
}

func TestDays(t *testing.T) {
	check(t, []dated{
		{"on Wednesday , December 8 , the council met", "Wednesday , December 8", "2010-12-08", ""},
		{"on Sunday ( 12 December )", "Sunday ( 12 December )", "2010-12-12", ""},
		{"late on Tuesday night", "late on Tuesday night", "2010-12-07", "2010-12-14"},
		{"on Friday of last week", "Friday of last week", "2010-12-03", ""},
		{"on Monday next week", "Monday next week", "2010-12-13", ""},
		{"the past Thursday", "the past Thursday", "2010-12-02", ""},
		{"earlier today", "earlier today", "2010-12-09", ""},
		{"late yesterday", "late yesterday", "2010-12-08", ""},
		{"tonight", "tonight", "2010-12-09", ""},
		{"this morning", "this morning", "2010-12-09", ""},
		{"last night", "last night", "2010-12-08", ""},
		{"shells fell overnight", "overnight", "2010-12-08/2010-12-09", ""},
		{"the day before yesterday", "the day before yesterday", "2010-12-07", ""},
		{"over the weekend", "the weekend", "2010-12-04/2010-12-05", "2010-12-11/2010-12-12"},
		{"next weekend", "next weekend", "2010-12-11/2010-12-12", ""},
		{"on the 15th of this month", "the 15th of this month", "2010-12-15", ""},
		{"they meet every Friday", "", "", ""},
		{"told the Sunday Times", "", "", ""},
		{"on the 8th .", "the 8th", "2010-12-08", "2011-01-08"},
		{"the 8th round of talks", "", "", ""},
		{"in March of last year", "March of last year", "2009-03", ""},
		{"in October next year", "October next year", "2011-10", ""},
		{"over the next two weeks", "the next two weeks", "", "2010-12-09/2010-12-23"},
		{"over the last two years", "the last two years", "2008/2010", ""},
		{"in the past 24 hours", "the past 24 hours", "2010-12-08/2010-12-09", ""},
		{"a year ago", "a year ago", "2009", ""},
		{"last December 31", "last December 31", "2009-12-31", ""},
		{"Prime Minister May met her envoy", "", "", ""},
		{"the minister Jan Novak spoke", "", "", ""},
		{"the meeting of Jan 5", "Jan 5", "2010-01-05", "2011-01-05"},
		{"she resigned in May", "May", "2010-05", "2011-05"},
		{"in the week of 6 June 2010", "the week of 6 June 2010", "2010-05-31/2010-06-06", ""},
		{"in the next decade", "the next decade", "", "2010/2020"},
		{"in the past years", "", "", ""},
		{"it will end in two weeks", "two weeks", "", "2010-12-20/2010-12-26"},
		{"the first visit in two weeks", "", "", ""},
	})
}

func TestClock(t *testing.T) {
	check(t, []dated{
		{"the guns fell silent at 18:00 UTC", "18:00 UTC", "2010-12-09", ""},
		{"they answer by 1900 GMT", "1900 GMT", "2010-12-09", ""},
		{"they arrive at 0800 GMT on Friday", "0800 GMT on Friday", "2010-12-03", "2010-12-10"},
		{"they met at 6:40 p.m. ( GMT + 8 )", "6:40 p.m. ( GMT + 8 )", "2010-12-09", ""},
		{"on Tuesday the two met at 10 a.m. in Oslo", "Tuesday", "2010-12-07", "2010-12-14"},
		{"the motion was lost 12:05 votes", "", "", ""},
		{"a fleet of 0800 ships", "", "", ""},
	})
}

// The last expression of each text counts from the one before.
func TestAnchored(t *testing.T) {
	check(t, []dated{
		{"on 3 May 2009 he flew to Oslo and the next day to Rome", "the next day", "2009-05-04", ""},
		{"on 3 May 2009 he flew to Oslo and on the same day to Rome", "the same day", "2009-05-03", ""},
		{"he met her on Tuesday and two days later the minister", "two days later", "2010-12-09", "2010-12-16"},
		{"in May 2009 they agreed , and the following month they signed", "the following month", "2009-06", ""},
		{"in 2004 they agreed , and in that year they signed", "that year", "2004", ""},
		{"trade rose in 2004 from the previous year", "the previous year", "2003", ""},
		{"trade rose in 2004 from a year earlier", "a year earlier", "2003", ""},
		{"in June 2008 trade rose from the same month a year earlier", "the same month a year earlier", "2007-06", ""},
		{"he arrived on 3 May 2009 , a Sunday , and left on the following Friday", "the following Friday", "2009-05-08", ""},
		{"war broke out in August 2008 and ended in October", "October", "2008-10", "2011-10"},
		{"in 2004 they signed , three days after the summit", "2004", "2004", ""},
		{"in 2004 they signed , two years after the summit", "two years after", "2002", ""},
		{"in May 2009 they signed , the same day", "May 2009", "2009-05", ""},
		{"it came on 3 May 2009 , two days later than planned", "3 May 2009", "2009-05-03", ""},
		{"the next day he left", "", "", ""},
		{"on 3 May 2009 they met for the first time in years , a day after the envoy left Oslo", "a day after", "2009-05-02", ""},
		{"on 3 May 2009 they voted , two days before the envoy left Oslo", "two days before", "2009-05-05", ""},
		{"three days after the vote they met on 3 May 2009", "3 May 2009", "2009-05-03", ""},
		{"on 3 May 2009 they met as in 1979 ; a day earlier they had not", "a day earlier", "2009-05-02", ""},
		{"on 3 May 2009 they met and later in the day dined", "later in the day", "2009-05-03", ""},
		{"in May 2009 they met and later in the day dined", "May 2009", "2009-05", ""},
		{"they met on 3 May 2009 and left the next morning", "the next morning", "2009-05-04", ""},
		{"they met in 1979 and a decade later split", "a decade later", "1989", ""},
		{"in May 2009 profit beat that of the same year - ago period", "May 2009", "2009-05", ""},
	})
}

func TestYears(t *testing.T) {
	for _, c := range []struct {
		text string
		tags []string
		want string
	}{
		{"its 1994 accord", []string{"PRON", "NUM", "NOUN NN"}, "1994"},
		{"a 2002 Moscow summit", []string{"DET", "NUM", "PROPN NNP", "NOUN NN"}, "2002"},
		{"its 2000 soldiers", []string{"PRON", "NUM", "NOUN NNS"}, ""},
		{"resolutions 1874 and 1929", []string{"NOUN NNS", "NUM", "CCONJ", "NUM"}, ""},
		{"in 1974 and 1979", []string{"ADP", "NUM", "CCONJ", "NUM"}, "1979"},
		{"the disputed 2019 vote", []string{"DET", "ADJ", "NUM", "NOUN NN"}, "2019"},
		{"the other 2000 guns", []string{"DET", "ADJ", "NUM", "NOUN NNS"}, ""},
		{"since '82", []string{"ADP", "NUM"}, "1982"},
		{"of 2000 soldiers", []string{"ADP", "NUM", "NOUN NNS"}, ""},
	} {
		doc := hand(c.text, "2010-12-09")
		for i, tag := range c.tags {
			doc.Sentences[0].Tokens[i].UPOS, doc.Sentences[0].Tokens[i].XPOS = split(tag)
		}
		Find(doc)
		got := ""
		if n := len(doc.Times); n > 0 {
			got = string(doc.Times[n-1].Date)
		}
		if got != c.want {
			t.Errorf("%s: got %q, want %q", c.text, got, c.want)
		}
	}
}

func TestLinks(t *testing.T) {
	for text, want := range map[string]string{
		"since last June": "since", "since at least 1999": "since", "until the end of 2011": "until", "by Friday": "until", "from January 1": "on", "on Friday": "on",
		"before the summer of 1999": "before", "after last week": "after", "they have been talking for three years": "since", "Friday": "on",
	} {
		doc := hand(text, "2010-12-09")
		Find(doc)
		if len(doc.Times) != 1 || doc.Times[0].Link != want {
			t.Errorf("%s: got %+v, want the link %s", text, doc.Times, want)
		}
	}
}

// What counts from another date does so only in its paragraph and the next.
func TestAnchorIsNear(t *testing.T) {
	for paragraphs, want := range map[int]int{0: 2, 1: 2, 2: 1} {
		doc := hand("on 3 May 2009", "2010-12-09")
		next := hand("the next day", "2010-12-09").Sentences[0]
		next.Paragraph = paragraphs
		doc.Sentences = append(doc.Sentences, next)
		Find(doc)
		if len(doc.Times) != want {
			t.Errorf("%d paragraphs on: got %+v, want %d expressions", paragraphs, doc.Times, want)
		}
	}
}
