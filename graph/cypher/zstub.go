package cypher

import "time"

func isTemporal(v any) bool {
	switch v.(type) {
	case Date, LocalTime, Time, LocalDateTime, DateTime, Duration:
		return true
	}
	return false
}

var temporalFunctions = map[string]function{}

func component(v any, key string) (any, error)       { return nil, nil }
func formatTemporal(v any) string                    { return "" }
func temporalArith(op string, a, b any) (any, error) { return nil, nil }
func (d Duration) scale(f float64) (any, error)      { return d, nil }
func dateTimeOf(t time.Time) DateTime                { return DateTime{} }
