package llm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/openai/openai-go/v3"
	"github.com/openai/openai-go/v3/option"
)

// question is one request: a passage, and whether its first answer was unreadable.
type question struct {
	message string
	again   bool // spell the JSON out, whatever the server can do
}

// client speaks to the server.
type client struct {
	o     Options
	chat  openai.ChatCompletionService
	pace  pacer
	sleep func(ctx context.Context, d time.Duration) error

	mu   sync.Mutex
	lack features
}

// features are what the server turned out to lack.
type features struct {
	schema      bool // answers held to a JSON Schema
	temperature bool // any but its own
	maxTokens   bool // the older name of the limit of an answer
	usage       bool // counts of a stream
}

// newClient makes a client. Nothing of the environment is read: what is meant for one server must not reach another.
func newClient(o Options) *client {
	opts := []option.RequestOption{
		option.WithBaseURL(o.URL), option.WithHTTPClient(o.Client), option.WithMaxRetries(0), option.WithMiddleware(guard),
	}
	if o.Key != "" {
		opts = append(opts, option.WithAPIKey(o.Key))
	}
	return &client{o: o, chat: openai.NewChatCompletionService(opts...), sleep: sleep}
}

var errHuge = errors.New("the answer is longer than 8 MB")

// ask sends a question until it is answered, and waits where the server asks for it.
func (c *client) ask(ctx context.Context, q question) (answer, error) {
	for attempt := 1; ; {
		if err := c.pace.wait(ctx, c.sleep); err != nil {
			return answer{}, err
		}
		lack := c.lacks()
		ans, err := c.once(ctx, q, lack)
		if err == nil {
			return ans, nil
		}
		if ctx.Err() != nil {
			return answer{}, ctx.Err()
		}
		f := c.failure(err, q, lack)
		if f.lack != lack {
			c.learn(f.lack)
			continue
		}
		if !f.again || attempt >= c.o.Attempts || f.timeout && attempt >= 2 {
			return answer{}, f.err
		}
		if f.wait > maxWait {
			return answer{}, &StopError{fmt.Errorf("the model server asks to wait for %s; the same command goes on from there", f.wait.Round(time.Second))}
		}
		if f.wait == 0 {
			f.wait = backoff(attempt)
		}
		c.pace.push(f.wait)
		attempt++
	}
}

func (c *client) lacks() features {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.lack
}

func (c *client) learn(f features) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.lack = features{c.lack.schema || f.schema, c.lack.temperature || f.temperature, c.lack.maxTokens || f.maxTokens, c.lack.usage || f.usage}
}

// once sends one request and reads its answer.
func (c *client) once(ctx context.Context, q question, lack features) (answer, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, c.o.Timeout, errTimeout)
	defer cancel()
	params := c.params(q, lack)
	ans, err := answer{}, error(nil)
	if c.o.Stream {
		ans, err = c.streamed(ctx, params, lack)
	} else {
		ans, err = c.whole(ctx, params)
	}
	if err != nil && errors.Is(context.Cause(ctx), errTimeout) {
		err = errTimeout
	}
	return ans, err
}

func (c *client) params(q question, lack features) openai.ChatCompletionNewParams {
	told := system()
	if lack.schema || q.again {
		told += spelled
	}
	p := openai.ChatCompletionNewParams{
		Model:    c.o.Model,
		Messages: []openai.ChatCompletionMessageParamUnion{openai.SystemMessage(told), openai.UserMessage(q.message)},
	}
	if !lack.temperature {
		p.Temperature = openai.Float(0)
	}
	if lack.maxTokens {
		p.MaxCompletionTokens = openai.Int(int64(c.o.AnswerTokens))
	} else {
		p.MaxTokens = openai.Int(int64(c.o.AnswerTokens))
	}
	if !lack.schema {
		p.ResponseFormat.OfJSONSchema = &openai.ResponseFormatJSONSchemaParam{
			JSONSchema: openai.ResponseFormatJSONSchemaJSONSchemaParam{Name: "triples", Strict: openai.Bool(true), Schema: answerSchema()},
		}
	}
	return p
}

func (c *client) whole(ctx context.Context, p openai.ChatCompletionNewParams) (answer, error) {
	res, err := c.chat.New(ctx, p)
	if err != nil {
		return answer{}, err
	}
	if len(res.Choices) == 0 {
		return answer{}, errEmpty
	}
	m := res.Choices[0]
	ans := answer{Text: m.Message.Content, Finish: m.FinishReason, Used: Tokens{int(res.Usage.PromptTokens), int(res.Usage.CompletionTokens)}}
	return ans.checked(m.Message.Refusal)
}

func (c *client) streamed(ctx context.Context, p openai.ChatCompletionNewParams, lack features) (answer, error) {
	if !lack.usage {
		p.StreamOptions.IncludeUsage = openai.Bool(true)
	}
	s := c.chat.NewStreaming(ctx, p)
	defer s.Close()
	var ans answer
	var text, refusal strings.Builder
	for s.Next() {
		chunk := s.Current()
		if chunk.Usage.TotalTokens > 0 {
			ans.Used = Tokens{int(chunk.Usage.PromptTokens), int(chunk.Usage.CompletionTokens)}
		}
		if len(chunk.Choices) == 0 {
			continue
		}
		text.WriteString(chunk.Choices[0].Delta.Content)
		refusal.WriteString(chunk.Choices[0].Delta.Refusal)
		if f := chunk.Choices[0].FinishReason; f != "" {
			ans.Finish = f
		}
	}
	if err := s.Err(); err != nil {
		return answer{}, err
	}
	if ans.Finish == "" {
		return answer{}, errBroken
	}
	ans.Text = text.String()
	return ans.checked(refusal.String())
}

// checked turns what is no answer into an error.
func (a answer) checked(refusal string) (answer, error) {
	switch {
	case refusal != "" || a.Finish == "content_filter":
		return answer{}, errRefused
	case a.Text == "" && !a.cutOff():
		return answer{}, errEmpty
	}
	a.Used.In, a.Used.Out = max(0, a.Used.In), max(0, a.Used.Out)
	return a, nil
}
