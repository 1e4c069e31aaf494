// Package score compares readings with gold: what a careful reader wrote down for the same text.
//
//  1. [LoadGold] reads a folder of .gold.tsv files, one an article, and the articles they belong to
//  2. [Score] compares readings with them: events, ties, pairs, then date, status, agent and evidence of what is right
//  3. [LoadSentences] and [ScoreSentences] do the same for sets of single sentences in plain PLOVER types
//  4. [Observations] and [Calibrate] set the confidence of what was read against whether it was right
//  5. [Golden] and [CheckGolden] keep the figures of several sets in one text file, so that a change of quality shows in a diff
//
// How answers are compared. A triple is right when subject, relation, object and polarity (negated or not) equal a line of the gold;
// the parties of symmetric relations have no order. Each distinct key counts once an article. Optional lines of the gold (first
// column "?") are neither demanded nor punished. Figures over several articles are summed before they are divided (micro-average).
package score

import "fmt"

// Measure is one line of a report: how many the gold demands, how many were read, how many of these are right.
type Measure struct {
	Name      string `json:"name"`
	Gold      int    `json:"gold"`
	Predicted int    `json:"predicted"`
	Right     int    `json:"right"`
}

// Precision is the share of what was read that is right; 0 where nothing was read.
func (m Measure) Precision() float64 { return share(m.Right, m.Predicted) }

// Recall is the share of the gold that was read; 0 where the gold demands nothing.
func (m Measure) Recall() float64 { return share(m.Right, m.Gold) }

// F1 is the harmonic mean of precision and recall; 0 where both are.
func (m Measure) F1() float64 {
	p, r := m.Precision(), m.Recall()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// String is "events                   P 0.500  R 0.250  F1 0.333  (4 gold, 2 predicted, 1 right)".
func (m Measure) String() string {
	return fmt.Sprintf("%-24s P %.3f  R %.3f  F1 %.3f  (%d gold, %d predicted, %d right)",
		m.Name, m.Precision(), m.Recall(), m.F1(), m.Gold, m.Predicted, m.Right)
}

func (m *Measure) add(gold, predicted, right int) {
	m.Gold += gold
	m.Predicted += predicted
	m.Right += right
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
