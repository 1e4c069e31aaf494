package web

import (
	"html/template"

	"entente/graph"
)

// picture is an SVG within a page, with what stands below it.
type picture struct {
	SVG      template.HTML
	Caption  string
	Download string
}

// formats are the formats that a view offers.
func (r *request) formats(all ...string) []string {
	var out []string
	for _, f := range all {
		if f != "svg" {
			out = append(out, f)
		}
	}
	return out
}

func noPicture() (*answer, error) { return nil, badRequest("This page has no picture.") }

func (r *request) heatPicture(heat) (*answer, error)                    { return noPicture() }
func (r *request) heatFigure(heat) *picture                             { return nil }
func (r *request) timelinePicture(graph.Query, string) (*answer, error) { return noPicture() }
func (r *request) timelineFigure(q graph.Query, total int, title, path string) (*picture, error) {
	return nil, nil
}
func (r *request) networkPicture([]graph.Dyad) (*answer, error) { return noPicture() }
func (r *request) networkFigure([]graph.Dyad, string) *picture  { return nil }
