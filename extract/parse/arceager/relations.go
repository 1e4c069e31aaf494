package arceager

import "entente/extract/parse/perceptron"

// arcView is all of a state that the relation of an arc depends on: h the head, d the dependent, hh the head of the head, l, r children.
type arcView struct {
	h, d, hh, dl, dl2, dr, dr2 int16
	hL, dlL, dl2L, drL, dr2L   uint8
	hlL, hl2L, hrL, hr2L       uint8
	dLefts, hLefts, hRights    uint32
}

func (s *state) arcView(h, d int16) (v arcView) {
	hn, dn := &s.nodes[h], &s.nodes[d]
	v.h, v.d, v.hh = h, d, hn.head
	v.dl, v.dl2, v.dr, v.dr2 = dn.left1, dn.left2, dn.right1, dn.right2
	v.hL = hn.label
	v.dlL, v.dl2L, v.drL, v.dr2L = s.nodes[v.dl].label, s.nodes[v.dl2].label, s.nodes[v.dr].label, s.nodes[v.dr2].label
	v.hlL, v.hl2L = s.nodes[hn.left1].label, s.nodes[hn.left2].label
	v.hrL, v.hr2L = s.nodes[hn.right1].label, s.nodes[hn.right2].label
	v.dLefts, v.hLefts, v.hRights = dn.leftLabels, hn.leftLabels, hn.rightLabels
	return v
}

// hash is a key for equal views of one sentence.
func (v *arcView) hash(seed uint64) uint64 {
	h := perceptron.Mix(seed+1, uint64(uint16(v.h))|uint64(uint16(v.d))<<16|uint64(uint16(v.hh))<<32|uint64(uint16(v.dl))<<48)
	h = perceptron.Mix(h, uint64(uint16(v.dl2))|uint64(uint16(v.dr))<<16|uint64(uint16(v.dr2))<<32|uint64(v.hL)<<48|uint64(v.dlL)<<56)
	h = perceptron.Mix(h, uint64(v.dl2L)|uint64(v.drL)<<8|uint64(v.dr2L)<<16|uint64(v.hlL)<<24|uint64(v.hl2L)<<32|uint64(v.hrL)<<40|uint64(v.hr2L)<<48)
	h = perceptron.Mix(h, uint64(v.dLefts)|uint64(v.hLefts)<<32)
	return perceptron.Mix(h, uint64(v.hRights))
}

// relationKeys are the features of the relation of an arc.
func relationKeys(f *perceptron.Features, x *Input, v *arcView) []uint64 {
	direction, away := uint64(0), int(v.h)-int(v.d)
	if away < 0 {
		direction, away = 1, -away
	}
	far := uint64(min(away, 8))
	if away > 15 {
		far = 9
	}
	f.Reset()
	arcFeatures(f, x, v, direction, far)
	dependentFeatures(f, x, v, direction)
	headFeatures(f, x, v, direction)
	besideFeatures(f, x, v, direction, far)
	arcClusterFeatures(f, x, v, direction)
	return f.Keys()
}

func arcFeatures(f *perceptron.Features, x *Input, v *arcView, dir, far uint64) {
	h, d := &x.word[v.h], &x.word[v.d]
	f.Add(dir)
	f.Add3(h.w, h.p, dir)
	f.Add2(h.w, dir)
	f.Add2(h.p, dir)
	f.Add3(d.w, d.p, dir)
	f.Add2(d.w, dir)
	f.Add2(d.p, dir)
	f.Add3(h.w, d.w, dir)
	f.Add3(h.p, d.p, dir)
	f.Add4(h.p, d.p, far, dir)
	f.Add3(h.w, d.p, dir)
	f.Add3(h.p, d.w, dir)
	f.Add3(d.s3, h.p, dir)
	f.Add3(h.s3, d.p, dir)
	f.Add3(h.s3, d.s3, dir)
}

// dependentFeatures: the children of the dependent; its marker, preposition or article is among them.
func dependentFeatures(f *perceptron.Features, x *Input, v *arcView, dir uint64) {
	h, d := &x.word[v.h], &x.word[v.d]
	l, l2, r := &x.word[v.dl], &x.word[v.dl2], &x.word[v.dr]
	f.Add3(l.w, d.p, h.p)
	f.Add3(l.w, d.w, dir)
	f.Add3(l.w, h.w, dir)
	f.Add4(l.w, h.w, d.p, dir)
	f.Add3(l2.w, h.p, d.p)
	f.Add3(l.p, d.p, h.p)
	f.Add4(uint64(v.dlL), d.p, h.p, dir)
	f.Add3(uint64(v.dl2L), uint64(v.dlL), d.p)
	f.Add3(uint64(v.drL), d.p, h.p)
	f.Add3(uint64(v.dr2L), uint64(v.drL), d.p)
	f.Add3(r.p, d.p, h.p)
	f.Add3(r.w, d.p, h.p)
	f.Add4(uint64(v.dLefts), h.p, d.p, dir)
	f.Add3(uint64(v.dLefts), d.w, dir)
}

// headFeatures: what else the head has.
func headFeatures(f *perceptron.Features, x *Input, v *arcView, dir uint64) {
	h, d := &x.word[v.h], &x.word[v.d]
	f.Add3(uint64(v.hLefts), h.p, dir)
	f.Add4(uint64(v.hLefts), h.p, d.p, dir)
	f.Add4(uint64(v.hRights), h.p, d.p, dir)
	f.Add3(uint64(v.hLefts), h.w, dir)
	f.Add3(uint64(v.hRights), h.w, dir)
	f.Add3(uint64(v.hlL), d.p, dir)
	f.Add3(uint64(v.hrL), d.p, dir)
	f.Add4(uint64(v.hrL), uint64(v.hr2L), d.p, dir)
	f.Add4(uint64(v.hlL), uint64(v.hl2L), d.p, dir)
	f.Add4(uint64(v.hrL), d.w, h.p, dir)
	f.Add4(uint64(v.hlL), d.w, h.p, dir)
	f.Add3(uint64(v.hL), d.p, h.p)
	f.Add3(uint64(v.hL), d.w, dir)
	f.Add3(x.word[v.hh].p, h.p, d.p)
}

// besideFeatures: the words before and after the two.
func besideFeatures(f *perceptron.Features, x *Input, v *arcView, dir, far uint64) {
	h, d := &x.word[v.h], &x.word[v.d]
	dBefore, dAfter, hBefore, hAfter := &x.word[v.d-1], &x.word[v.d+1], &x.word[v.h-1], &x.word[v.h+1]
	f.Add3(dBefore.p, d.p, dir)
	f.Add3(dBefore.w, d.p, dir)
	f.Add3(dBefore.w, h.w, dir)
	f.Add3(dAfter.p, d.p, dir)
	f.Add3(dAfter.w, d.p, dir)
	f.Add3(hBefore.p, h.p, dir)
	f.Add3(hBefore.w, d.p, dir)
	f.Add3(hAfter.p, h.p, dir)
	f.Add4(hAfter.p, h.p, d.p, dir)
	f.Add2(uint64(v.d), d.p)
	f.Add3(h.u, d.u, far)
}

func arcClusterFeatures(f *perceptron.Features, x *Input, v *arcView, dir uint64) {
	h, d, l := &x.word[v.h], &x.word[v.d], &x.word[v.dl]
	f.Add4(h.c, d.c, dir, d.p)
	f.Add3(h.c, d.p, dir)
	f.Add3(h.p, d.c, dir)
	f.Add3(h.w, d.c, dir)
	f.Add3(l.w, d.c, h.p)
	f.Add3(l.w, d.c, h.c)
	f.Add3(l.w, h.c, d.p)
}
