package web

import (
	"container/list"
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

const (
	cacheBytes = 64 << 20
	// cachedBody is the largest answer, in bytes, that is kept.
	cachedBody = 4 << 20
)

// answer is a finished page or picture.
type answer struct {
	body        []byte
	contentType string
	name        string // of the file, where it is to be saved; empty else
	tag         string // quoted, for ETag
}

func newAnswer(body []byte, contentType, name string) *answer {
	sum := sha256.Sum256(body)
	return &answer{body, contentType, name, `"` + hex.EncodeToString(sum[:12]) + `"`}
}

// cache keeps the answers of one version of the store, those asked for last, within a number of bytes.
type cache struct {
	mu      sync.Mutex
	version int64
	room    int
	used    int
	order   *list.List // of *cached, the one asked for last at the front
	items   map[string]*list.Element
}

type cached struct {
	address string
	answer  *answer
}

func newCache(bytes int) *cache {
	return &cache{room: bytes, order: list.New(), items: map[string]*list.Element{}}
}

func (c *cache) get(version int64, address string) *answer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if version != c.version {
		return nil
	}
	e, ok := c.items[address]
	if !ok {
		return nil
	}
	c.order.MoveToFront(e)
	return e.Value.(*cached).answer
}

// put keeps an answer; those of older versions go.
func (c *cache) put(version int64, address string, a *answer) {
	if len(a.body) > cachedBody {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if version < c.version {
		return
	}
	if version > c.version {
		c.version, c.used = version, 0
		c.order.Init()
		clear(c.items)
	}
	if e, ok := c.items[address]; ok {
		c.remove(e)
	}
	c.items[address] = c.order.PushFront(&cached{address, a})
	c.used += size(address, a)
	for c.used > c.room {
		c.remove(c.order.Back())
	}
}

func (c *cache) remove(e *list.Element) {
	v := c.order.Remove(e).(*cached)
	delete(c.items, v.address)
	c.used -= size(v.address, v.answer)
}

// size is about how many bytes an answer takes.
func size(address string, a *answer) int { return len(address) + len(a.body) + 512 }
