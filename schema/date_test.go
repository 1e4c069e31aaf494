package schema_test

import (
	"strings"
	"testing"
	"time"

	"entente/schema"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		date        schema.Date
		precision   schema.Precision
		first, last string
	}{
		{"2010-12-08", schema.PrecisionDay, "2010-12-08", "2010-12-08"},
		{"2010-12", schema.PrecisionMonth, "2010-12-01", "2010-12-31"},
		{"2011-02", schema.PrecisionMonth, "2011-02-01", "2011-02-28"},
		{"2012-02", schema.PrecisionMonth, "2012-02-01", "2012-02-29"},
		{"1900-02", schema.PrecisionMonth, "1900-02-01", "1900-02-28"},
		{"2000-02", schema.PrecisionMonth, "2000-02-01", "2000-02-29"},
		{"2012", schema.PrecisionYear, "2012-01-01", "2012-12-31"},
		{"2010-12-06/2010-12-09", schema.PrecisionRange, "2010-12-06", "2010-12-09"},
		{"2010-11/2011-02", schema.PrecisionRange, "2010-11-01", "2011-02-28"},
		{"1939/1945", schema.PrecisionRange, "1939-01-01", "1945-12-31"},
	} {
		if d, err := schema.ParseDate(string(c.date)); err != nil || d != c.date {
			t.Errorf("ParseDate(%q) = %q, %v", c.date, d, err)
		}
		if got := c.date.Precision(); got != c.precision {
			t.Errorf("%s: precision %q, want %q", c.date, got, c.precision)
		}
		first, last := c.date.First().Format(time.DateOnly), c.date.Last().Format(time.DateOnly)
		if first != c.first || last != c.last {
			t.Errorf("%s: %s to %s, want %s to %s", c.date, first, last, c.first, c.last)
		}
	}
}

func TestDateMalformed(t *testing.T) {
	for _, s := range []string{
		"2010-13", "2010-00", "2011-02-29", "2010-1-1", "10-12-08", "20101208", "2010-12-08T00:00:00Z", "today", " 2010", "2010 ", "2010-12-",
		"2010/2010", "2011/2010", "2010-12-09/2010-12-06", "2010/2011-02", "2010/", "/2010", "2010/2011/2012", "2010-12-08-2010-12-09", "२०१०", "-010",
	} {
		d := schema.Date(s)
		if _, err := schema.ParseDate(s); err == nil {
			t.Errorf("ParseDate(%q): no error", s)
		} else if !strings.Contains(err.Error(), s) {
			t.Errorf("ParseDate(%q): the error does not name it: %v", s, err)
		}
		if d.Valid() || d.Precision() != schema.PrecisionNone || !d.First().IsZero() || !d.Last().IsZero() {
			t.Errorf("%q: valid %t, precision %q, first %v, last %v", s, d.Valid(), d.Precision(), d.First(), d.Last())
		}
		if d.Overlaps("2010") || schema.Date("2010").Overlaps(d) || d.Contains(d) {
			t.Errorf("%q overlaps something", s)
		}
	}
	if d, err := schema.ParseDate(""); err != nil || d != "" || !d.Valid() || d.Precision() != schema.PrecisionNone || !d.First().IsZero() || !d.Last().IsZero() {
		t.Errorf("unknown date: %q, %v", d, err)
	}
}

func TestDateOverlaps(t *testing.T) {
	for _, c := range []struct {
		a, b                   schema.Date
		overlaps, aHasB, bHasA bool
	}{
		{"2010-12-08", "2010-12-08", true, true, true},
		{"2010-12-08", "2010-12-09", false, false, false},
		{"2010-12", "2010-12-31", true, true, false},
		{"2010-12", "2011-01-01", false, false, false},
		{"2010", "2010-12-06/2010-12-09", true, true, false},
		{"2010-12-06/2010-12-09", "2010-12-09/2010-12-12", true, false, false},
		{"2010-12-06/2010-12-08", "2010-12-09/2010-12-12", false, false, false},
		{"2010/2012", "2011", true, true, false},
		{"2010-12-01/2010-12-31", "2010-12", true, true, true},
		{"2010", "", false, false, false},
		{"", "", false, false, false},
	} {
		if got := c.a.Overlaps(c.b); got != c.overlaps {
			t.Errorf("%q overlaps %q: %t", c.a, c.b, got)
		}
		if got := c.b.Overlaps(c.a); got != c.overlaps {
			t.Errorf("%q overlaps %q: %t", c.b, c.a, got)
		}
		if c.a.Contains(c.b) != c.aHasB || c.b.Contains(c.a) != c.bHasA {
			t.Errorf("%q contains %q: %t, the other way %t", c.a, c.b, c.a.Contains(c.b), c.b.Contains(c.a))
		}
	}
}

func TestBetween(t *testing.T) {
	for _, c := range []struct{ from, to, want schema.Date }{
		{"2010-12-06", "2010-12-09", "2010-12-06/2010-12-09"},
		{"2010-12-09", "2010-12-06", "2010-12-06/2010-12-09"},
		{"2010-12-06", "2010-12-06", "2010-12-06"},
		{"2010", "2012", "2010/2012"},
		{"2010", "2012-02", "2010-01-01/2012-02-29"},
		{"2010-12", "2010-12-09", "2010-12-01/2010-12-31"},
		{"2010-12-01", "2010", "2010-01-01/2010-12-31"},
		{"2010-12-06/2010-12-09", "2010-12-08/2010-12-12", "2010-12-06/2010-12-12"},
		{"2010-12-06/2010-12-12", "2010-12-08/2010-12-09", "2010-12-06/2010-12-12"},
		{"", "2012", ""},
		{"2012", "", ""},
		{"", "", ""},
		{"soon", "2012", ""},
	} {
		if got := schema.Between(c.from, c.to); got != c.want {
			t.Errorf("Between(%q, %q) = %q, want %q", c.from, c.to, got, c.want)
		}
	}
}

func TestDay(t *testing.T) {
	late := time.Date(2010, 12, 8, 23, 30, 0, 0, time.FixedZone("", -5*3600))
	if got := schema.Day(late); got != "2010-12-08" {
		t.Errorf("Day = %q: want the day of the clock on that wall", got)
	}
}

func FuzzParseDate(f *testing.F) {
	for _, s := range []string{"", "2010", "2010-12", "2010-12-08", "2010-12-06/2010-12-09", "0000", "9999-12-31", "2010/2011-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := schema.ParseDate(s)
		if err != nil {
			if d != "" {
				t.Errorf("an error and a date %q", d)
			}
			return
		}
		if string(d) != s || !d.Valid() {
			t.Errorf("ParseDate(%q) = %q", s, d)
		}
		if d != "" && (d.Last().Before(d.First()) || !d.Overlaps(d) || !d.Contains(d) || d.Precision() == schema.PrecisionNone) {
			t.Errorf("%q: first %v, last %v, precision %q", d, d.First(), d.Last(), d.Precision())
		}
		if b := schema.Between(d, "2001-02"); !b.Valid() || d != "" && !(b.Contains(d) && b.Contains("2001-02")) {
			t.Errorf("Between(%q, 2001-02) = %q", d, b)
		}
	})
}
