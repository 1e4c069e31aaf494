package corpus

import (
	"bufio"
	"cmp"
	"errors"
	"regexp"
	"strings"
)

var (
	onlyP    = []string{"p"}
	noMedia  = []string{"media", "media-caption", "note", "figure", "table"}
	upperTag = regexp.MustCompile(`^[\p{Lu}][\p{Lu} ./&'-]+: `)
)

// unknownXML says that a file is XML of a form that is not known.
func unknownXML(r *bufio.Reader, k *sink) {
	head, _ := r.Peek(peekSize)
	k.fail(0, errors.New("XML of an unknown form (its root is "+cmp.Or(rootOf(head), "not to be found")+"); known are RSS, Atom, NITF, NewsML-G2, RCV1, TEI, MediaWiki and PETRARCH"))
}

// nitfFile reads articles in NITF, also those of the New York Times Annotated Corpus.
func nitfFile(r *bufio.Reader, k *sink) {
	k.records(r, element("nitf"), func(n *xmlNode, line int) bool {
		return k.nitf(n, Document{}, 0)
	})
}

// nitf adds what a NITF element says to what is known from around it.
func (k *sink) nitf(n *xmlNode, d Document, row int) bool {
	docdata, pub := n.find("docdata"), n.find("pubdata")
	d.ID = cmp.Or(d.ID, docdata.find("doc-id").attr("id-string"))
	d.URL = cmp.Or(d.URL, pub.attr("ex-ref"))
	d.Title = cmp.Or(d.Title, n.find("hedline", "hl1").words(), n.find("head", "title").words())
	d.Source = cmp.Or(pub.attr("name"), n.find("doc.copyright").attr("holder"), d.Source)
	d.Author = cmp.Or(n.find("byline").words(), d.Author)
	d.Place = cmp.Or(n.find("dateline", "location").words(), placeOf(n.find("dateline").words()), d.Place)
	if d.Published == "" {
		date := cmp.Or(docdata.find("date.issue").attr("norm"), pub.attr("date.publication"), docdata.find("date.release").attr("norm"))
		if err := k.date(&d, date); err != nil {
			return k.fail(row, err)
		}
	}
	body := n.find("body.content")
	for b := range body.all("block") {
		if b.attr("class") == "full_text" {
			body = b
			break
		}
	}
	if d.Text = body.paragraphs(onlyP, noMedia); d.Text == "" {
		d.Text = body.words(noMedia...)
	}
	return k.withText(d, row)
}

// newsmlFile reads news items in NewsML-G2, alone or in a message.
func newsmlFile(r *bufio.Reader, k *sink) {
	k.records(r, element("newsItem"), func(n *xmlNode, line int) bool {
		meta, item := n.find("contentMeta"), n.find("itemMeta")
		var d Document
		d.ID = n.attr("guid")
		d.Title = cmp.Or(meta.find("headline").words(), item.find("title").words())
		d.Source = cmp.Or(item.find("provider", "name").words(), n.find("copyrightHolder", "name").words(), item.find("provider").attr("literal"))
		d.Author = cmp.Or(meta.find("by").words(), meta.find("creator", "name").words())
		d.Place = cmp.Or(meta.find("located", "name").words(), placeOf(meta.find("dateline").words()))
		d.Language = languageCode(cmp.Or(meta.find("language").attr("tag"), n.attr("lang")))
		date := cmp.Or(meta.find("contentCreated").words(), item.find("firstCreated").words())
		if err := k.date(&d, date); err != nil {
			return k.fail(line, err)
		}
		set := n.find("contentSet")
		if nitf := set.find("nitf"); nitf != nil {
			return k.nitf(nitf, d, line)
		}
		d.Text = cmp.Or(set.find("body").paragraphs(onlyP, noMedia), set.find("inlineXML").paragraphs(onlyP, noMedia), strings.TrimSpace(set.find("inlineData").raw()))
		if d.Text == "" && n.find("remoteContent") != nil {
			return k.skip(line, "not an article", "a picture or a file elsewhere")
		}
		return k.withText(d, line)
	})
}

// rcv1File reads articles of Reuters RCV1.
func rcv1File(r *bufio.Reader, k *sink) {
	k.records(r, element("newsitem"), func(n *xmlNode, line int) bool {
		dc := map[string]string{}
		for e := range n.all("dc") {
			dc[e.attr("element")] = e.attr("value")
		}
		var d Document
		d.ID = n.attr("itemid")
		d.Title = upperTag.ReplaceAllString(cmp.Or(n.child("headline").words(), n.child("title").words()), "")
		d.Source = cmp.Or(dc["dc.publisher"], dc["dc.source"])
		d.Author = n.child("byline").words()
		d.Place = cmp.Or(dc["dc.creator.location"], placeOf(n.child("dateline").words()))
		d.Language = languageCode(n.attr("lang"))
		if err := k.date(&d, cmp.Or(n.attr("date"), dc["dc.date.published"])); err != nil {
			return k.fail(line, err)
		}
		d.Text = n.child("text").paragraphs(onlyP, nil)
		return k.withText(d, 0)
	})
}

// petrarchFile reads the input of the PETRARCH coder: a passage an element, those of one story behind each other.
func petrarchFile(r *bufio.Reader, k *sink) {
	var d Document
	var passages []string
	first := 0
	flush := func() {
		if d.ID != "" && !k.done {
			d.Text = strings.Join(passages, "\n\n")
			k.withText(d, first)
		}
		d, passages = Document{}, nil
	}
	k.records(r, element("Sentence"), func(n *xmlNode, line int) bool {
		id := n.attr("id")
		story := id
		if i := strings.LastIndexByte(id, '_'); i > 0 {
			story = id[:i]
		}
		if story != d.ID || story == "" {
			flush()
			d.ID, d.Source, first = cmp.Or(story, k.source.id), n.attr("source"), line
			if err := k.date(&d, n.attr("date")); err != nil {
				k.fail(line, err)
			}
		}
		if s := cmp.Or(n.child("Text").words(), n.child("text").words()); s != "" {
			passages = append(passages, s)
		}
		return true
	})
	flush()
}
