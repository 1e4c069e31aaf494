package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"entente/extract"
	"entente/extract/llm"
	"entente/extract/score"
	"entente/schema"

	"github.com/urfave/cli/v2"
)

// keyVariable holds the key of the model server. It never stands on a command line.
const keyVariable = "ENTENTE_LLM_KEY"

// extractorFlags say which extractor reads, and what the language model may cost.
func extractorFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "extractor", Value: "rules", EnvVars: []string{"ENTENTE_EXTRACTOR"}, Usage: "who reads: `NAME` is rules, llm (a language model), or both"},
		&cli.StringFlag{Name: "llm-url", EnvVars: []string{"ENTENTE_LLM_URL"}, Usage: "the `URL` of an OpenAI-compatible server; its key is read from " + keyVariable},
		&cli.StringFlag{Name: "llm-model", EnvVars: []string{"ENTENTE_LLM_MODEL"}, Usage: "the `MODEL`, as the server names it"},
		&cli.StringFlag{Name: "llm-price", Usage: "what a million tokens cost: `PRICE`, or IN/OUT where answers cost otherwise"},
		&cli.IntFlag{Name: "llm-budget", DefaultText: "no limit", Usage: "stop in order before more than `N` tokens are spent"},
		&cli.StringFlag{Name: "llm-cache", DefaultText: "the user's cache folder", Usage: "keep answers in `DIR`, so that nothing is asked twice; none keeps nothing"},
		&cli.DurationFlag{Name: "llm-timeout", Value: 5 * time.Minute, Usage: "wait `TIME` for an answer"},
		&cli.BoolFlag{Name: "llm-stream", Usage: "take answers in pieces, as they are made"},
		&cli.StringFlag{Name: "llm-dropped", Usage: "write what the model said and the article does not bear out to `FILE`, one JSON object a line"},
		&cli.BoolFlag{Name: "dry-run", Usage: "estimate requests, tokens and price; nothing is asked, read or stored"},
	}
}

// llmFlags are the flags that only a language model has a use for.
var llmFlags = []string{"llm-url", "llm-model", "llm-price", "llm-budget", "llm-cache", "llm-timeout", "llm-stream", "llm-dropped", "dry-run"}

// onCommandLine reports whether a flag was given there; ENTENTE_LLM_URL and the like may be set for other runs.
func (p *program) onCommandLine(name string) bool {
	return slices.ContainsFunc(p.args, func(a string) bool {
		return a == "--"+name || a == "-"+name || strings.HasPrefix(a, "--"+name+"=") || strings.HasPrefix(a, "-"+name+"=")
	})
}

// rulesOnly fails where a flag of the language model is given for the rules.
func (p *program) rulesOnly() error {
	for _, f := range llmFlags {
		if p.onCommandLine(f) {
			return usagef("--%s is for --extractor llm or both; the rules ask no model", f)
		}
	}
	return nil
}

// llmOptions are what the flags and the environment say about the language model.
func llmOptions(c *cli.Context) (llm.Options, error) {
	name := c.String("extractor")
	o := llm.Options{
		URL: c.String("llm-url"), Model: c.String("llm-model"), Key: strings.TrimSpace(os.Getenv(keyVariable)), Both: name == "both",
		Stream: c.Bool("llm-stream"), Budget: c.Int("llm-budget"), Timeout: c.Duration("llm-timeout"),
	}
	switch {
	case o.URL == "":
		return o, usagef("--extractor %s needs --llm-url URL, such as http://localhost:11434/v1; docs/llm.md tells how to run a server", name)
	case o.Model == "":
		return o, usagef("--extractor %s needs --llm-model MODEL, as the server names it", name)
	case c.IsSet("llm-budget") && o.Budget <= 0:
		return o, usagef("--llm-budget %d: want 1 or more", o.Budget)
	case o.Timeout <= 0:
		return o, usagef("--llm-timeout %s: want a time such as 30s or 5m", o.Timeout)
	}
	if _, err := parsePrice(c.String("llm-price")); err != nil {
		return o, err
	}
	switch dir := c.String("llm-cache"); dir {
	case "none":
	case "":
		user, err := os.UserCacheDir()
		if err != nil {
			return o, withHint(fmt.Errorf("no cache folder: %w", err), "--llm-cache DIR names one")
		}
		o.Cache = filepath.Join(user, "entente", "llm")
	default:
		o.Cache = dir
	}
	return o, nil
}

// price is what a million tokens cost, in the currency the user thinks in.
type price struct{ in, out float64 }

func parsePrice(s string) (price, error) {
	if s == "" {
		return price{}, nil
	}
	a, b, both := strings.Cut(s, "/")
	in, err := strconv.ParseFloat(a, 64)
	out := in
	if both && err == nil {
		out, err = strconv.ParseFloat(b, 64)
	}
	if err != nil || !(in >= 0 && out >= 0) || math.IsInf(in+out, 0) {
		return price{}, usagef("--llm-price %s: want a number such as 0.5, or two such as 0.5/1.5", s)
	}
	return price{in, out}, nil
}

func (p price) of(t llm.Tokens) float64 { return (p.in*float64(t.In) + p.out*float64(t.Out)) / 1e6 }

// withPrice is the tokens in words, with their price where one is given.
func withPrice(c *cli.Context, t llm.Tokens) string {
	s := fmt.Sprintf("%s tokens in, %s out", number(t.In), number(t.Out))
	if pr, err := parsePrice(c.String("llm-price")); err == nil && c.String("llm-price") != "" {
		s += fmt.Sprintf(", price %.4f", pr.of(t))
	}
	return s
}

// forecast is what --dry-run tells.
type forecast struct {
	llm.Estimate
	Failed int      `json:"failed"`
	Price  *float64 `json:"price"` // null where --llm-price is not given
}

// dryRun estimates what reading the articles would cost.
func (p *program) dryRun(c *cli.Context, x extract.Extractor, articles iter.Seq2[schema.Article, error]) error {
	m, ok := x.(*llm.Extractor)
	if !ok {
		return usagef("--dry-run is for --extractor llm or both; the rules ask no model")
	}
	var f forecast
	for a, err := range articles {
		if err == nil && a.Text == "" {
			continue
		}
		var e llm.Estimate
		if err == nil {
			e, err = m.Estimate(c.Context, a)
		}
		if c.Context.Err() != nil {
			return c.Context.Err()
		}
		if err != nil {
			p.say("%s", newFailure(err))
			f.Failed++
			continue
		}
		f.Estimate = f.Estimate.Add(e)
	}
	if pr, _ := parsePrice(c.String("llm-price")); c.String("llm-price") != "" {
		cost := pr.of(f.Tokens)
		f.Price = &cost
	}
	return p.writeForecast(c, f)
}

// dryRunEval is dryRun for the articles and sentences of eval.
func (p *program) dryRunEval(c *cli.Context) error {
	x, err := p.openExtractor(c)
	if err != nil {
		return err
	}
	var articles []schema.Article
	if c.Args().Len() == 1 {
		gold, err := score.LoadGold(c.Args().First(), c.StringSlice("articles")...)
		if err != nil {
			return withHint(err, "GOLD is a folder of .gold.tsv files")
		}
		articles = append(articles, marked(gold.Texts())...)
	}
	sentences, err := score.LoadSentences(c.StringSlice("sentences")...)
	if err != nil {
		return err
	}
	for _, s := range sentences {
		articles = append(articles, s.Article())
	}
	return p.dryRun(c, x, all(articles))
}

func (p *program) writeForecast(c *cli.Context, f forecast) error {
	if format := c.String("format"); c.Bool("json") || format == "json" || format == "jsonl" {
		return encoder(p.stdout).Encode(f)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s to the model, %s in the cache\n", count(f.Articles, "article"), count(f.Requests, "request"), count(f.Cached, "answer"))
	fmt.Fprintf(&b, "about %s (estimated at four bytes a token)\n", withPrice(c, f.Tokens))
	if limit := c.Int("llm-budget"); limit > 0 && f.Tokens.Sum() > limit {
		fmt.Fprintf(&b, "more than --llm-budget %s: the run would stop about %d%% of the way\n", number(limit), 100*limit/f.Tokens.Sum())
	}
	_, err := fmt.Fprint(p.stdout, b.String())
	return err
}

// closeModel says what a language model was asked, what it cost, and what the gate dropped, and lists that where --llm-dropped wants it.
func (p *program) closeModel(c *cli.Context, x extract.Extractor) error {
	m, ok := x.(*llm.Extractor)
	if !ok {
		return nil
	}
	if s := m.Stats(); s.Requests+s.Cached > 0 && !c.Bool("quiet") {
		p.sayModel(c, s)
	}
	name := c.String("llm-dropped")
	if name == "" {
		return nil
	}
	f, err := os.Create(name)
	if err != nil {
		return withHint(fmt.Errorf("--llm-dropped: %w", err), "name a file in a folder that can be written")
	}
	w := bufio.NewWriter(f)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	for _, d := range m.Dropped() {
		if err = e.Encode(d); err != nil {
			break
		}
	}
	return errors.Join(err, w.Flush(), f.Close())
}

func (p *program) sayModel(c *cli.Context, s llm.Stats) {
	p.say("model %s: %s, %s in the cache; %s", c.String("llm-model"), count(s.Requests, "request"), count(s.Cached, "answer"), withPrice(c, s.Used))
	var whole, details []string
	for _, r := range s.Reasons() {
		line := fmt.Sprintf("%s %s", number(s.Dropped[r]), r)
		if r.Detail() {
			details = append(details, line)
		} else {
			whole = append(whole, line)
		}
	}
	p.say("gate: %s kept%s; %s dropped%s", count(s.Kept, "triple"), behind(", but without details: ", strings.Join(details, ", ")),
		number(s.DroppedSum()), behind(": ", strings.Join(whole, ", ")))
}

// behind is s behind a prefix, nothing where s is empty.
func behind(prefix, s string) string {
	if s == "" {
		return ""
	}
	return prefix + s
}

// stops reports whether an error ends a run, since no article after it could be read either.
func stops(err error) bool {
	_, ok := errors.AsType[*llm.StopError](err)
	return ok
}

// stopped is the error of a run that a model server or the budget ended, without the article that happened to be next.
func stopped(err error) error {
	if e, ok := errors.AsType[*llm.StopError](err); ok {
		err = e
	}
	if errors.Is(err, llm.ErrBudget) {
		return withHint(err, "what was read before is kept, and the same command goes on from there; --llm-budget sets the limit of a run")
	}
	return withHint(err, "what was read before is kept, and the same command goes on from there")
}

// openModel makes the extractor that asks a language model.
func (p *program) openModel(c *cli.Context) (extract.Extractor, error) {
	o, err := llmOptions(c)
	if err != nil {
		return nil, err
	}
	r, err := rulesOf(c)
	if err != nil {
		return nil, err
	}
	x, err := llm.New(r, o)
	if err != nil {
		return nil, usagef("%w", err)
	}
	return x, nil
}
