package corpus

import (
	"bufio"
	"cmp"
	"encoding/xml"
	"fmt"
	"io"
)

// rssFile reads the items of an RSS feed, also of version 1.
func rssFile(r *bufio.Reader, k *sink) {
	k.feed(r, "item", func(n *xmlNode, f feedHead, line int) bool {
		var d Document
		d.URL = n.child("link").words()
		if guid := n.child("guid"); guid != nil {
			if d.ID = guid.words(); d.URL == "" && isURL(d.ID) && guid.attr("isPermaLink") != "false" {
				d.URL = d.ID
			}
			if d.ID == d.URL {
				d.ID = ""
			}
		}
		d.Title = unescaped(n.child("title").words())
		d.Author = cmp.Or(n.child("creator").words(), n.child("author").words())
		d.Source, d.Language = cmp.Or(n.child("source").words(), f.title), f.language
		return k.entry(n, d, cmp.Or(n.child("pubDate").words(), n.child("date").words()), []string{"encoded", "content", "description"}, line)
	})
}

// atomFile reads the entries of an Atom feed.
func atomFile(r *bufio.Reader, k *sink) {
	k.feed(r, "entry", func(n *xmlNode, f feedHead, line int) bool {
		var d Document
		d.ID = n.child("id").words()
		for _, c := range n.children {
			if rel := c.attr("rel"); c.name == "link" && (rel == "" || rel == "alternate") {
				d.URL = cmp.Or(d.URL, c.attr("href"))
			}
		}
		d.Title = unescaped(n.child("title").words())
		d.Author = n.child("author").child("name").words()
		d.Source, d.Language = cmp.Or(n.child("source").child("title").words(), f.title), f.language
		return k.entry(n, d, n.child("published").words(), []string{"content", "summary"}, line)
	})
}

// feedHead is what a feed says of all its entries.
type feedHead struct{ title, language string }

// entry completes an entry with its day and the first of its texts that is there; a mere summary is a beginning.
func (k *sink) entry(n *xmlNode, d Document, date string, texts []string, line int) bool {
	if err := k.date(&d, date); err != nil {
		return k.fail(line, err)
	}
	for i, name := range texts {
		c := n.child(name)
		if d.Text = plainText(c.raw()); c.attr("type") == "xhtml" {
			d.Text = cmp.Or(c.paragraphs(onlyP, noMedia), c.words())
		}
		if d.Text != "" {
			d.Truncated = i == len(texts)-1
			break
		}
	}
	if d.Text == "" && d.URL != "" {
		return k.article(d, line)
	}
	return k.withText(d, line)
}

// feed walks a feed: what stands before the entries is its head.
func (k *sink) feed(r *bufio.Reader, name string, do func(*xmlNode, feedHead, int) bool) {
	s := newXML(r)
	var f feedHead
	for !k.done {
		start, err := s.next(func(e xml.StartElement) bool {
			for _, a := range e.Attr {
				if a.Name.Local == "lang" && f.language == "" {
					f.language = languageCode(a.Value)
				}
			}
			return element(name)(e) || s.depth <= 3 && element("title", "language", "image")(e)
		})
		if err == io.EOF {
			return
		}
		line := s.line()
		var n *xmlNode
		if err == nil {
			n, err = s.tree(start)
		}
		if err != nil {
			k.fail(s.line(), fmt.Errorf("not well-formed XML: %w", plain(err)))
			return
		}
		switch n.name {
		case "title":
			f.title = cmp.Or(f.title, n.words())
		case "language":
			f.language = cmp.Or(languageCode(n.words()), f.language)
		case name:
			do(n, f, line)
		}
	}
}
