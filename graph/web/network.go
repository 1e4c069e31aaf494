package web

import (
	"fmt"
	"net/url"
	"strconv"
)

type networkPage struct {
	From, To string
	Top      int
	Tops     []choice
	Rows     []pairRow
	Total    int
	Picture  *picture
}

// mostNetwork is how many pairs a network may have.
const mostNetwork = 100

// network is the page of the strongest pairs of a period.
func (s *Site) network(r *request) (*answer, error) {
	top := 30
	if v := r.URL.Query().Get("top"); v != "" {
		var err error
		if top, err = strconv.Atoi(v); err != nil || top < 1 || top > mostNetwork {
			return nil, badRequest("Pairs %q: want a number from 1 to %d.", clip(v, 20), mostNetwork)
		}
	}
	pairs, err := r.pairsOfPeriod()
	if err != nil {
		return nil, err
	}
	some := pairs[:min(top, len(pairs))]
	f := filter{From: r.filter.From, To: r.filter.To}
	title := "Network" + period(f)
	switch r.format {
	case "csv", "json":
		return r.pairFile("network", some)
	case "svg":
		return r.networkPicture(some, title)
	}
	path := at("/network", url.Values{"top": {strconv.Itoa(top)}}, 0)
	p := networkPage{From: string(f.From), To: string(f.To), Top: top, Rows: r.sn.pairRows(some), Total: len(pairs)}
	if p.Picture, err = r.networkFigure(some, title, svgAt(path, f.values())); err != nil {
		return nil, err
	}
	for _, n := range []int{10, 30, 60, mostNetwork} {
		p.Tops = append(p.Tops, choice{strconv.Itoa(n), fmt.Sprint(n, " pairs"), n == top})
	}
	return r.page("network", &page{Title: title, Here: "/network", Downloads: downloads(path, f, "csv", "json", "svg"), Body: p})
}

// period is " 2010 to 2012", " from 2010", empty where the filter has none.
func period(f filter) string {
	switch {
	case f.From != "" && f.From == f.To:
		return ", " + string(f.From)
	case f.From != "" && f.To != "":
		return ", " + string(f.From) + " to " + string(f.To)
	case f.From != "":
		return ", from " + string(f.From)
	case f.To != "":
		return ", to " + string(f.To)
	}
	return ""
}
