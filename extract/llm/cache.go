package llm

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
)

// answer is what the model said.
type answer struct {
	Text   string `json:"text"`
	Finish string `json:"finish"` // the server's finish_reason: "stop", "length"
	Used   Tokens `json:"used"`
}

// cutOff reports whether the answer ended because it grew too long.
func (a answer) cutOff() bool { return a.Finish == "length" }

// cache keeps answers in a folder, one file each. A file that cannot be read as an answer is none.
type cache struct {
	folder string // empty: nothing is kept
}

// cacheKey is the name of an answer: it hangs on the model, the digest of the prompt and the message, and on nothing else.
func cacheKey(model, prompt, message string) string {
	h := sha256.New()
	for _, s := range []string{model, prompt, message} {
		sum := sha256.Sum256([]byte(s))
		h.Write(sum[:])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (c cache) file(key string) string { return filepath.Join(c.folder, key[:2], key+".json") }

func (c cache) get(key string) (answer, bool) {
	if c.folder == "" {
		return answer{}, false
	}
	var a answer
	b, err := os.ReadFile(c.file(key))
	if err != nil || json.Unmarshal(b, &a) != nil || a.Text == "" {
		return answer{}, false
	}
	return a, true
}

// put writes the answer so that a reader sees all of it or nothing. Files are readable to the user alone: they quote the articles.
func (c cache) put(key string, a answer) error {
	if c.folder == "" {
		return nil
	}
	b, err := json.Marshal(a)
	if err != nil {
		return err
	}
	dir := filepath.Dir(c.file(key))
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(dir, ".answer-*")
	if err != nil {
		return err
	}
	_, err = f.Write(b)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), c.file(key))
	}
	if err != nil {
		os.Remove(f.Name())
	}
	return err
}
