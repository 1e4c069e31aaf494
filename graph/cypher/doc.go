// Package cypher reads Cypher queries and answers them from any store that is a Source. The way of a query:
//
//  1. Parse splits the text into tokens and reads them into a Statement, a typed tree whose parts know their place in the text
//  2. compile checks names, types and aggregation and makes of every clause a stage that turns rows into rows
//  3. a Match begins at the end of a pattern that is the most selective, with labels, properties and date ranges handed to the Source
//  4. Engine.Query runs the stages one row at a time, within limits of rows, memory and time
//
// Only reading is known: a clause that writes is an error, as is all that is not supported.
package cypher
