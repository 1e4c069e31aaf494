package corpus

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"golang.org/x/net/html/charset"
)

// warcFile reads the pages of a WARC file that were found (200, HTML) and the texts of a WET file. The day of the crawl is never the day
// of publication.
func warcFile(r *bufio.Reader, k *sink) {
	for row := 1; !k.done; row++ {
		h, err := warcHead(r)
		if err == io.EOF {
			return
		}
		if err != nil {
			k.fail(row, fmt.Errorf("not a record of a WARC file: %w", plain(err)))
			return
		}
		n, err := strconv.ParseInt(strings.TrimSpace(h.Get("Content-Length")), 10, 64)
		if err != nil || n < 0 {
			k.fail(row, errors.New("a WARC record without its length; the file is damaged"))
			return
		}
		body := io.LimitReader(r, n)
		k.warc(h, body, n, row)
		if _, err := io.Copy(io.Discard, body); err != nil {
			k.fail(row, plain(err))
			return
		}
	}
}

// warcHead reads the head of a record, the empty lines before it included.
func warcHead(r *bufio.Reader) (textproto.MIMEHeader, error) {
	for {
		b, long, err := readLine(r)
		if len(bytes.TrimSpace(b)) > 0 || long {
			if !bytes.HasPrefix(b, []byte("WARC/")) {
				return nil, errors.New("it does not begin with WARC/")
			}
			break
		}
		if err != nil {
			return nil, err
		}
	}
	h := textproto.MIMEHeader{}
	for range 200 {
		b, long, err := readLine(r)
		name, v, ok := strings.Cut(string(b), ":")
		switch {
		case len(b) == 0 && err == nil:
			return h, nil
		case err != nil:
			return nil, io.ErrUnexpectedEOF
		case long || !ok:
			continue
		}
		h.Set(strings.TrimSpace(name), strings.TrimSpace(v))
	}
	return nil, errors.New("its head has no end")
}

func (k *sink) warc(h textproto.MIMEHeader, body io.Reader, n int64, row int) bool {
	address := strings.Trim(h.Get("WARC-Target-URI"), "<>")
	switch kind := h.Get("WARC-Type"); {
	case kind != "response" && kind != "conversion" && kind != "resource":
		return true
	case n > maxPage:
		return k.fail(row, fmt.Errorf("%s is longer than %d MB; it was left out", address, maxPage>>20))
	case kind == "conversion":
		return k.wet(address, body, row)
	case kind == "resource":
		if !strings.HasPrefix(h.Get("Content-Type"), "text/html") {
			return true
		}
		b, err := io.ReadAll(body)
		if err != nil {
			return k.fail(row, plain(err))
		}
		return k.webPage(b, h.Get("Content-Type"), address, row)
	}
	resp, err := http.ReadResponse(bufio.NewReader(body), nil)
	if err != nil {
		return k.fail(row, fmt.Errorf("%s: not an answer of a web server", address))
	}
	defer resp.Body.Close()
	kind := resp.Header.Get("Content-Type")
	if resp.StatusCode != http.StatusOK || !strings.Contains(kind, "html") {
		return true
	}
	b, err := io.ReadAll(io.LimitReader(resp.Body, maxPage+1))
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return k.fail(row, fmt.Errorf("%s: %w", address, plain(err)))
	}
	if resp.Header.Get("Content-Encoding") == "gzip" {
		if z, err := gzip.NewReader(bytes.NewReader(b)); err == nil {
			if b, err = io.ReadAll(io.LimitReader(z, maxPage+1)); err != nil {
				return k.fail(row, fmt.Errorf("%s: %w", address, plain(err)))
			}
		}
	}
	if len(b) > maxPage {
		return k.fail(row, fmt.Errorf("%s is longer than %d MB; it was left out", address, maxPage>>20))
	}
	return k.webPage(b, kind, address, row)
}

// webPage reads a page in the encoding that it, or the answer, declares.
func (k *sink) webPage(b []byte, kind, address string, row int) bool {
	if !validStart(b) {
		if e, _, _ := charset.DetermineEncoding(b[:min(len(b), 4096)], kind); e != nil {
			if out, err := e.NewDecoder().Bytes(b); err == nil {
				b = out
			}
		}
	}
	before := k.seen
	return k.page(string(valid8(b)), address, row) || k.seen == before
}

// wet reads the text that a page was turned into: its title stands on the first line.
func (k *sink) wet(address string, body io.Reader, row int) bool {
	b, err := io.ReadAll(body)
	if err != nil {
		return k.fail(row, plain(err))
	}
	title, text, _ := strings.Cut(strings.TrimSpace(string(valid8(b))), "\n")
	var d Document
	d.URL, d.Title, d.Text = address, title, strings.TrimSpace(text)
	if d.Text == "" {
		d.Text = title
	}
	if u, err := url.Parse(address); err == nil {
		d.Source = cmp.Or(strings.TrimPrefix(u.Hostname(), "www."), d.Source)
	}
	if day := inURL(address); day != "" {
		d.Published, d.PublishedFrom = day, "format"
	}
	return k.withText(d, row)
}
