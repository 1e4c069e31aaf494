package schema

import (
	"crypto/sha256"
	"encoding/hex"
)

// Article is one news text with what is known about it.
type Article struct {
	// ID is the source's own id, else the URL, else the path below the given root plus "!member" or "#row".
	ID    string `json:"id"`
	Title string `json:"title"`
	// Published is the day the article came out, as exactly as it is known; empty where it is not. Never the day of loading.
	Published Date `json:"published"`
	// PublishedFrom says where Published was read: "format", "head", "dateline", "filename", "flag", or empty.
	PublishedFrom string `json:"published_from,omitempty"`
	Source        string `json:"source"` // newspaper or agency, as written
	URL           string `json:"url"`
	// Text is the whole text as read, in UTF-8; every offset of a reading points into it. Title is not part of it unless the source wrote it there.
	Text string `json:"text"`
	// Furniture are the spans of Text that are not the story (dateline, by-line, editors' line), sorted, not overlapping. They are kept, never read.
	Furniture []Furniture `json:"furniture,omitempty"`
	// SHA256 is the lower-case hexadecimal digest of Text, kept also where the text itself is left out.
	SHA256 string `json:"sha256"`
}

// Furniture is a half-open byte range of an article's text that is not part of the story.
type Furniture struct {
	Start int    `json:"start"`
	End   int    `json:"end"`
	Kind  string `json:"kind"` // dateline, byline, title, head, agency, editors, contact, copyright, caption, link, correction, repeat
}

// Digest is the lower-case hexadecimal SHA-256 of text.
func Digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}
