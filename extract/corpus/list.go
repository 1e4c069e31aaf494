package corpus

import "iter"

// Listing is what a file, or a part of an archive, would be read as.
type Listing struct {
	Path   string
	Format string // the reader's name, empty where none takes it
	Title  string // of its first article
	Time   string // when that came out, as in Document
	Text   bool   // whether that has a text: a mere list of articles has none
	Err    error  // what is wrong with it, nil where its first article can be read
}

// List says what each file of the paths would be read as, from its beginning. A path that is not there is an *Error.
func List(paths []string, o Options) iter.Seq2[Listing, error] {
	return func(yield func(Listing, error) bool) {
		l := &lister{yield: yield}
		o.list = l
		for _, err := range Documents(paths, o) {
			if l.stopped || err != nil && !yield(Listing{}, err) {
				return
			}
		}
	}
}

// lister takes the first article of each stream.
type lister struct {
	yield   func(Listing, error) bool
	stopped bool // the consumer wants no more
}

// listed passes a listing on; the stream is read no further.
func (k *sink) listed(l Listing) bool {
	k.done = true
	if !k.o.list.stopped && !k.o.list.yield(l, nil) {
		k.o.list.stopped = true
	}
	return false
}

// more reports whether there is more to read behind this stream.
func (k *sink) more() bool {
	if k.o.list != nil {
		return !k.o.list.stopped
	}
	return !k.done
}
