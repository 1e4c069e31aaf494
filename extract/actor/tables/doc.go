// Package tables holds what the program knows of parties before it reads a word: states, seats of government, places, organisations and
// their members, groups, sets of states, offices, leaders, ambiguous names, and names that are no party.
//
// Each table is a TSV file embedded in the program: a head naming source and licence, then the names of the columns, then one record a
// line, sorted; "|" separates several values of a cell, "-" is an empty cell. Dates are prefixes of ISO 8601, both ends included; an
// empty from or to is open or unknown. Names stand without a leading "the". A file zNAME.tsv is made by the program in ../compile from
// public-domain, CC0 and PDDL tables and adds to NAME.tsv, which is kept by hand and wins.
//
// A user's file in the same format overlays the tables: see [Tables.Overlay].
package tables
