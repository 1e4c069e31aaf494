package extract

import (
	"entente/schema"
)

// Doc is an article on its way through the steps: each step fills its part and reads those of the steps before it. All spans are
// half-open byte ranges of Article.Text, all token ranges half-open and within one sentence.
type Doc struct {
	Article   schema.Article
	Sentences []Sentence // furniture is in none
	Times     []Time     // sorted by sentence and first token
	Mentions  []Mention  // sorted by sentence and first token, longer first; they may nest ("Russia's ambassador" in it "Russia")
	Ties      []Tie
	// Entities are all that mentions and ties name, by id.
	Entities map[string]schema.Entity
}

// Sentence is a stretch of the text with its tokens.
type Sentence struct {
	Start, End int
	Paragraph  int  // 0-based number of the paragraph
	Headline   bool // grammar of headlines: present tense for the past, no articles
	Tokens     []Token
	Parsed     bool    // heads and labels are set
	Margin     float64 // how sure the parser is of the tree, 0 to 1
}

// Token is a word or mark.
type Token struct {
	Start, End int
	Text       string // as in the article, but typographic quotes and dashes plain
	UPOS, XPOS string // universal and Penn Treebank part of speech
	Lemma      string
	Head       int    // index of the head in the sentence; -1 for the root and where Parsed is false
	Label      string // Universal Dependencies relation with subtype: nsubj:pass
}

// Time is an expression of time with the date it stands for.
type Time struct {
	Sentence    int
	First, Last int
	Date        schema.Date  // empty where it cannot be resolved
	Basis       schema.Basis // explicit or relative
	// Other is what the expression means when its clause looks ahead ("on Wednesday" said of a plan); empty where tense does not matter.
	Other schema.Date
	// Link says how the date bounds the act: "on", "since", "until", "before", "after".
	Link string
}

// MentionKind is the form of a mention.
type MentionKind string

// The forms in which a text speaks of a party.
const (
	Name       MentionKind = "name"       // Russia, NATO, Dmitry Rogozin, Rogozin
	Demonym    MentionKind = "demonym"    // Russian, the Russians
	Metonym    MentionKind = "metonym"    // Moscow, the Kremlin, the White House
	Office     MentionKind = "office"     // the Turkish foreign minister, Russian officials
	Nominal    MentionKind = "nominal"    // the alliance, the two countries, both sides
	Pronoun    MentionKind = "pronoun"    // he, its, they
	PlaceName  MentionKind = "place"      // Geneva: where something happens, no party
	Unresolved MentionKind = "unresolved" // a name that no table knows
)

// Mention is a stretch of a sentence that stands for one or more parties.
type Mention struct {
	Sentence    int
	First, Last int
	Head        int // index of the syntactic head in the sentence, within First and Last
	Kind        MentionKind
	// Parties are the ids it stands for, as a party of an act: a person who acts for a state has the state here and the person in Agent;
	// "the two countries" has two. Empty for a place and for what is unresolved.
	Parties []string
	// Agent is the id of the person through whom the party acts, empty where none is named.
	Agent string
	// Place is the id of the place, or of the state as a place, for mentions that may be one ("in Moscow").
	Place string
	// Modifier: the mention only qualifies a noun that is not a party itself ("Russian roulette", "U.S. diplomatic cables").
	Modifier   bool
	Confidence float64
}

// Tie is an office or membership that the text states.
type Tie struct {
	Sentence    int
	First, Last int // the tokens that say so
	Subject     string
	Relation    schema.Relation // REPRESENTS, LEADS or MEMBER_OF
	Object      string
	Role        string
	From, To    schema.Date
	Former      bool
	Status      schema.Status
	Rule        string
	Confidence  float64
}

// Span is the half-open byte range of the tokens first to last (half-open) of s.
func (s *Sentence) Span(first, last int) (start, end int) {
	if first >= last {
		return s.Start, s.Start
	}
	return s.Tokens[first].Start, s.Tokens[last-1].End
}
