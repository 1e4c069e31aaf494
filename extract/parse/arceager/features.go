package arceager

import "entente/extract/parse/perceptron"

// view is all of a state that the features of an action depend on: s0 to s2 from the top of the stack, b the first of the buffer, h heads,
// l and r the outermost children, l2 and r2 the next within. Views alike have the same scores.
type view struct {
	s0, s1, s2, b                 int16
	h, hh, l, l2                  int16
	r, r2, bl, bl2                int16
	s0L, hL, lL, l2L              uint8 // labels
	rL, r2L, blL, bl2L            uint8
	lefts, rights, bLefts         uint8
	leftLabels, rightLabels, bSet uint32
}

func (s *state) view() (v view) {
	n := len(s.stack)
	v.b = s.next
	if n > 0 {
		v.s0 = s.stack[n-1]
	}
	if n > 1 {
		v.s1 = s.stack[n-2]
	}
	if n > 2 {
		v.s2 = s.stack[n-3]
	}
	top, b := &s.nodes[v.s0], &s.nodes[v.b]
	v.h, v.l, v.l2, v.r, v.r2 = top.head, top.left1, top.left2, top.right1, top.right2
	v.hh = s.nodes[v.h].head
	v.bl, v.bl2 = b.left1, b.left2
	v.s0L, v.hL = top.label, s.nodes[v.h].label
	v.lL, v.l2L, v.rL, v.r2L = s.nodes[v.l].label, s.nodes[v.l2].label, s.nodes[v.r].label, s.nodes[v.r2].label
	v.blL, v.bl2L = s.nodes[v.bl].label, s.nodes[v.bl2].label
	v.lefts, v.rights, v.bLefts = top.lefts, top.rights, b.lefts
	v.leftLabels, v.rightLabels, v.bSet = top.leftLabels, top.rightLabels, b.leftLabels
	return v
}

// hash is a key for equal views of one sentence.
func (v *view) hash(seed uint64) uint64 {
	pack := func(a, b, c, d int16) uint64 {
		return uint64(uint16(a)) | uint64(uint16(b))<<16 | uint64(uint16(c))<<32 | uint64(uint16(d))<<48
	}
	h := perceptron.Mix(seed, pack(v.s0, v.s1, v.s2, v.b))
	h = perceptron.Mix(h, pack(v.h, v.hh, v.l, v.l2))
	h = perceptron.Mix(h, pack(v.r, v.r2, v.bl, v.bl2))
	h = perceptron.Mix(h, uint64(v.s0L)|uint64(v.hL)<<8|uint64(v.lL)<<16|uint64(v.l2L)<<24|uint64(v.rL)<<32|uint64(v.r2L)<<40|uint64(v.blL)<<48|uint64(v.bl2L)<<56)
	h = perceptron.Mix(h, uint64(v.lefts)|uint64(v.rights)<<8|uint64(v.bLefts)<<16|uint64(v.bSet)<<32)
	return perceptron.Mix(h, uint64(v.leftLabels)|uint64(v.rightLabels)<<32)
}

// distance in words, in eight steps.
func distance(d int16) uint64 {
	switch {
	case d < 5:
		return uint64(d)
	case d < 8:
		return 5
	case d < 12:
		return 6
	}
	return 7
}

// actionKeys are the features of the choice of an action in a state with the view v, which has something on the stack and in the buffer.
func actionKeys(f *perceptron.Features, x *Input, v *view) []uint64 {
	f.Reset()
	frontFeatures(f, x, v)
	pairFeatures(f, x, v)
	shapeFeatures(f, x, v)
	familyFeatures(f, x, v)
	grandFeatures(f, x, v)
	labelSetFeatures(f, x, v)
	stackFeatures(f, x, v)
	neighbourFeatures(f, x, v)
	attachmentFeatures(f, x, v)
	clusterFeatures(f, x, v)
	return f.Keys()
}

func hasHead(v *view) uint64 {
	if v.h != 0 {
		return 1
	}
	return 0
}

// frontFeatures: the top of the stack and the first words of the buffer alone.
func frontFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	n1, n2, n3 := &x.word[v.b+1], &x.word[v.b+2], &x.word[v.b+3]
	has := hasHead(v)
	f.Add(has)
	f.Add2(s.w, s.p)
	f.Add(s.w)
	f.Add2(s.p, has)
	f.Add2(b.w, b.p)
	f.Add(b.w)
	f.Add(b.p)
	f.Add2(n1.w, n1.p)
	f.Add(n1.w)
	f.Add(n1.p)
	f.Add2(n2.w, n2.p)
	f.Add(n2.w)
	f.Add(n2.p)
	f.Add(n3.p)
}

// pairFeatures: the two together, and with what follows.
func pairFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	n1, n2 := &x.word[v.b+1], &x.word[v.b+2]
	f.Add4(s.w, s.p, b.w, b.p)
	f.Add3(s.w, s.p, b.w)
	f.Add3(s.w, b.w, b.p)
	f.Add3(s.w, s.p, b.p)
	f.Add3(s.p, b.w, b.p)
	f.Add2(s.w, b.w)
	f.Add2(s.p, b.p)
	f.Add2(b.p, n1.p)
	f.Add2(s.w, n1.p)
	f.Add2(b.w, n1.p)
	f.Add3(s.w, b.p, n1.p)
	f.Add3(b.p, n1.p, n2.p)
	f.Add3(s.p, b.p, n1.p)
	f.Add4(s.p, b.p, n1.p, n2.p)
	f.Add3(x.word[v.h].p, s.p, b.p)
	f.Add3(s.p, x.word[v.l].p, b.p)
	f.Add3(s.p, x.word[v.r].p, b.p)
	f.Add3(s.p, b.p, x.word[v.bl].p)
	f.Add4(s.p, x.word[v.r].p, b.p, uint64(v.rL))
	f.Add4(s.p, b.p, uint64(v.blL), uint64(v.rL))
}

// shapeFeatures: distance and numbers of children.
func shapeFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	d := distance(v.b - v.s0)
	f.Add2(s.w, d)
	f.Add2(s.p, d)
	f.Add2(b.w, d)
	f.Add2(b.p, d)
	f.Add3(s.w, b.w, d)
	f.Add3(s.p, b.p, d)
	f.Add2(s.w, uint64(v.rights))
	f.Add2(s.p, uint64(v.rights))
	f.Add2(s.w, uint64(v.lefts))
	f.Add2(s.p, uint64(v.lefts))
	f.Add2(b.w, uint64(v.bLefts))
	f.Add2(b.p, uint64(v.bLefts))
}

// familyFeatures: head and outermost children.
func familyFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	h, l, r, bl := &x.word[v.h], &x.word[v.l], &x.word[v.r], &x.word[v.bl]
	f.Add(h.w)
	f.Add(h.p)
	f.Add(uint64(v.s0L))
	f.Add2(uint64(v.s0L), b.p)
	f.Add3(uint64(v.s0L), s.p, b.w)
	f.Add(l.w)
	f.Add(l.p)
	f.Add(uint64(v.lL))
	f.Add(r.w)
	f.Add(r.p)
	f.Add(uint64(v.rL))
	f.Add(bl.w)
	f.Add(bl.p)
	f.Add(uint64(v.blL))
}

// grandFeatures: head of the head, second children.
func grandFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	hh, l2, r2, bl2 := &x.word[v.hh], &x.word[v.l2], &x.word[v.r2], &x.word[v.bl2]
	f.Add(hh.w)
	f.Add(hh.p)
	f.Add(uint64(v.hL))
	f.Add(l2.w)
	f.Add(l2.p)
	f.Add(uint64(v.l2L))
	f.Add(r2.w)
	f.Add(r2.p)
	f.Add(uint64(v.r2L))
	f.Add(bl2.w)
	f.Add(bl2.p)
	f.Add(uint64(v.bl2L))
	f.Add3(s.p, x.word[v.l].p, l2.p)
	f.Add3(s.p, x.word[v.r].p, r2.p)
	f.Add3(s.p, x.word[v.h].p, hh.p)
	f.Add3(b.p, x.word[v.bl].p, bl2.p)
}

// labelSetFeatures: the labels of all children so far.
func labelSetFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	sl, sr, bl := uint64(v.leftLabels), uint64(v.rightLabels), uint64(v.bSet)
	f.Add2(s.w, sr)
	f.Add2(s.p, sr)
	f.Add2(s.w, sl)
	f.Add2(s.p, sl)
	f.Add2(b.w, bl)
	f.Add2(b.p, bl)
	f.Add3(s.p, sr, b.p)
	f.Add3(s.p, sl, b.p)
	f.Add3(s.w, sl, b.p)
	f.Add3(s.w, sr, b.p)
}

// stackFeatures: what lies below the top of the stack.
func stackFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b, s1, s2 := &x.word[v.s0], &x.word[v.b], &x.word[v.s1], &x.word[v.s2]
	f.Add(s1.w)
	f.Add(s1.p)
	f.Add2(s1.p, s.p)
	f.Add3(s1.p, s.p, b.p)
	f.Add3(s1.w, s.p, b.p)
	f.Add4(s2.p, s1.p, s.p, b.p)
	f.Add2(s1.w, b.w)
	f.Add3(s1.p, hasHead(v), b.w)
}

// neighbourFeatures: the words beside the two, and coarse parts of speech.
func neighbourFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b, n1, s1 := &x.word[v.s0], &x.word[v.b], &x.word[v.b+1], &x.word[v.s1]
	before, after := &x.word[v.b-1], &x.word[v.s0+1]
	f.Add2(before.p, b.p)
	f.Add(before.w)
	f.Add2(after.p, s.p)
	f.Add4(after.p, s.p, before.p, b.p)
	f.Add2(x.word[v.s0-1].p, s.p)
	f.Add4(s.u, b.u, n1.u, s1.u)
	f.Add3(s.w, b.u, n1.u)
	f.Add3(b.w, s.u, distance(v.b-v.s0))
}

// attachmentFeatures: triples that decide where a phrase is attached.
func attachmentFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b := &x.word[v.s0], &x.word[v.b]
	h, bl, bl2 := &x.word[v.h], &x.word[v.bl], &x.word[v.bl2]
	f.Add3(h.w, s.w, b.p)
	f.Add3(h.w, s.p, b.w)
	f.Add2(h.w, b.w)
	f.Add3(s.w, bl.w, b.p)
	f.Add3(s.p, bl.w, b.w)
	f.Add3(s.p, bl.w, uint64(v.blL))
	f.Add4(s.w, bl2.w, bl.w, b.p)
	f.Add2(b.s3, s.p)
	f.Add2(s.s3, b.p)
	f.Add2(s.s3, b.s3)
}

// clusterFeatures: words by their clusters.
func clusterFeatures(f *perceptron.Features, x *Input, v *view) {
	s, b, n1, s1 := &x.word[v.s0], &x.word[v.b], &x.word[v.b+1], &x.word[v.s1]
	h, bl, r := &x.word[v.h], &x.word[v.bl], &x.word[v.r]
	f.Add2(s.c, s.p)
	f.Add2(b.c, b.p)
	f.Add2(n1.c, n1.p)
	f.Add2(s.c, b.c)
	f.Add3(s.c, b.p, s.p)
	f.Add3(s.p, b.c, b.p)
	f.Add2(s.c, b.w)
	f.Add2(s.w, b.c)
	f.Add3(s.c, b.c, distance(v.b-v.s0))
	f.Add3(h.c, s.c, b.c)
	f.Add3(s.c, bl.w, b.c)
	f.Add3(s.c, bl.w, b.p)
	f.Add3(s1.c, s.p, b.c)
	f.Add3(s.c, r.c, b.c)
	f.Add4(s.cc, b.cc, n1.cc, s1.cc)
}
