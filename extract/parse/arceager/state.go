// Package arceager is a transition parser for dependency trees: arc-eager with the root at the end of the buffer, in two stages. A model
// of four classes scores the actions for a beam search; when an arc is made another model names its relation.
package arceager

import "entente/extract/parse/perceptron"

// action is a transition. Every sentence of n words takes exactly 2n.
type action uint8

const (
	shift  action = iota // push the first word of the buffer
	reduce               // pop the top of the stack, which has a head
	left                 // the first word of the buffer heads the top of the stack, which is popped
	right                // the top of the stack heads the first word of the buffer, which is pushed
)

// node is what a state knows of a word. Words are numbered from 1, n+1 is the root, 0 is none.
type node struct {
	head          int16
	left1, left2  int16 // the outermost child on the left and the next within
	right1        int16
	right2        int16
	label         uint8
	lefts, rights uint8 // numbers of children, up to 255
	leftLabels    uint32
	rightLabels   uint32 // hashes of the labels of the children in the order they were attached
}

// noLabel is the label of a word without a head.
const noLabel = 255

type state struct {
	n     int16
	next  int16 // first word of the buffer
	stack []int16
	nodes []node
}

func (s *state) reset(n int) {
	s.n, s.next = int16(n), 1
	s.stack = s.stack[:0]
	if cap(s.nodes) < n+2 {
		s.nodes = make([]node, n+2, n+34)
		s.stack = make([]int16, 0, n+34)
	}
	s.nodes = s.nodes[:n+2]
	for i := range s.nodes {
		s.nodes[i] = node{label: noLabel}
	}
}

func (s *state) copyFrom(o *state) {
	s.n, s.next = o.n, o.next
	s.stack = append(s.stack[:0], o.stack...)
	s.nodes = append(s.nodes[:0], o.nodes...)
}

// atRoot: only the root is left in the buffer, and no action is a choice any more.
func (s *state) atRoot() bool { return s.next > s.n }

func (s *state) top() int16 {
	if len(s.stack) == 0 {
		return 0
	}
	return s.stack[len(s.stack)-1]
}

func (s *state) legal(a action) bool {
	switch a {
	case shift:
		return !s.atRoot()
	case reduce:
		return len(s.stack) > 0 && s.nodes[s.top()].head != 0
	case left:
		return len(s.stack) > 0 && s.nodes[s.top()].head == 0
	}
	return len(s.stack) > 0 && !s.atRoot()
}

// arc is what a makes, the head and the dependent.
func (s *state) arc(a action) (head, dependent int16) {
	if a == left {
		return s.next, s.top()
	}
	return s.top(), s.next
}

func (s *state) apply(a action, label uint8) {
	switch a {
	case shift:
		s.stack = append(s.stack, s.next)
		s.next++
	case reduce:
		s.stack = s.stack[:len(s.stack)-1]
	case left:
		s.attach(s.next, s.top(), label)
		s.stack = s.stack[:len(s.stack)-1]
	case right:
		s.attach(s.top(), s.next, label)
		s.stack = append(s.stack, s.next)
		s.next++
	}
}

func (s *state) attach(head, dependent int16, label uint8) {
	d, h := &s.nodes[dependent], &s.nodes[head]
	d.head, d.label = head, label
	if dependent < head {
		h.left2, h.left1 = h.left1, dependent
		h.lefts += b2u(h.lefts < 255)
		h.leftLabels = uint32(perceptron.Mix(uint64(h.leftLabels), uint64(label)+1))
		return
	}
	h.right2, h.right1 = h.right1, dependent
	h.rights += b2u(h.rights < 255)
	h.rightLabels = uint32(perceptron.Mix(uint64(h.rightLabels), uint64(label)+1))
}

func b2u(b bool) uint8 {
	if b {
		return 1
	}
	return 0
}

// oneRoot attaches all roots but the first to the first.
func (s *state) oneRoot(parataxis uint8) {
	first := int16(0)
	for i := int16(1); i <= s.n; i++ {
		switch {
		case s.nodes[i].head != s.n+1:
		case first == 0:
			first = i
		default:
			s.nodes[i].head, s.nodes[i].label = first, parataxis
		}
	}
}

// costs counts for each action the gold arcs that it makes unreachable (Goldberg and Nivre 2012). gold holds the head of each word.
func (s *state) costs(gold []int16) (c [perceptron.Classes]int) {
	b, top := s.next, s.top()
	inBuffer := b <= s.n
	for _, k := range s.stack {
		if s.nodes[k].head == 0 && gold[k] == b {
			c[shift]++
			c[right]++
		}
		if inBuffer && gold[b] == k {
			c[shift]++
			if k != top {
				c[right]++
			}
		}
	}
	if top == 0 {
		return c
	}
	if inBuffer && gold[b] > b {
		c[right]++
	}
	if gold[top] > b {
		c[left]++
	}
	for k := b; k <= s.n; k++ {
		if gold[k] == top {
			c[reduce]++
			c[left]++
		}
	}
	return c
}
