package corpus

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"

	"golang.org/x/text/language"
)

// languageCode is the two-letter code of a language by its tag ("en-GB", "eng", "en_US") or its English name, empty where it is none.
func languageCode(s string) string {
	s = strings.TrimSpace(strings.ReplaceAll(s, "_", "-"))
	if s == "" {
		return ""
	}
	for code, name := range languageNames {
		if strings.EqualFold(s, name) {
			return code
		}
	}
	tag, err := language.Parse(s)
	if err != nil {
		return ""
	}
	base, _ := tag.Base()
	return base.String()
}

// languageNames are the names that archives write out.
var languageNames = map[string]string{
	"en": "English", "fr": "French", "de": "German", "es": "Spanish", "it": "Italian", "pt": "Portuguese", "nl": "Dutch", "ru": "Russian", "ar": "Arabic",
	"zh": "Chinese", "ja": "Japanese", "ko": "Korean", "tr": "Turkish", "pl": "Polish", "sv": "Swedish", "no": "Norwegian", "da": "Danish", "fi": "Finnish",
}

const (
	languageWindow = 1500 // bytes of a text that are looked at
	languageLeast  = 200  // letters below which a text is taken to be English
)

// englishWords are frequent in English and no words of other languages that write news in Latin letters.
var englishWords = wordSet("the and that of for with said from which were has have been had his their they would this by will not who its are about into after than when")

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		out[w] = true
	}
	return out
}

// foreign is the name of the language of an article that is not in English, empty for one that is, or that is too short to tell.
func (k *sink) foreign(d Document) string {
	if k.o.AnyLanguage {
		return ""
	}
	return foreignLanguage(d.Text)
}

// foreignLanguage is the name of the language that a text is in; empty for English, for short texts, and where it is not certain. Tables
// and lists of names have few words of any language, so that a text is foreign only where it has next to no English and the detection is
// sure.
func foreignLanguage(text string) string {
	if len(text) > languageWindow {
		text = strings.ToValidUTF8(text[:languageWindow], "")
	}
	words, english := 0, 0
	for w := range strings.FieldsSeq(text) {
		words++
		if len(w) < 8 && englishWords[strings.ToLower(w)] {
			english++
		}
	}
	if english*100 >= words*6 && words > 0 {
		return ""
	}
	letters := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	if letters < languageLeast/2 || letters < languageLeast && !manyForeignLetters(text, letters) {
		return ""
	}
	info := whatlanggo.Detect(text)
	if info.Lang == whatlanggo.Eng || info.Lang < 0 || !info.IsReliable() && !manyForeignLetters(text, letters) {
		return ""
	}
	return info.Lang.String()
}

// manyForeignLetters reports whether most letters of a text are of no Latin script.
func manyForeignLetters(text string, letters int) bool {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r) {
			n++
		}
	}
	return n*2 > letters
}
