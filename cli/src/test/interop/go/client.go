package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// One HTTP exchange as the client's own transport saw it, heads only.
type exchange struct {
	Method  string   `json:"method"`
	Path    string   `json:"path"`
	Status  int      `json:"status"`
	Headers []string `json:"headers"`
}

// An HTTP transport that remembers what went over it.
type remembering struct {
	mutex     sync.Mutex
	exchanges []*exchange
}

func (r *remembering) RoundTrip(request *http.Request) (*http.Response, error) {
	seen := &exchange{Method: request.Method, Path: request.URL.Path, Headers: []string{}}
	r.mutex.Lock()
	r.exchanges = append(r.exchanges, seen)
	r.mutex.Unlock()
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	response.Header.Del("Date")
	r.mutex.Lock()
	defer r.mutex.Unlock()
	seen.Status = response.StatusCode
	seen.Headers = fields(response.Header)
	return response, nil
}

type agent struct {
	session  *mcp.ClientSession
	mutex    sync.Mutex
	results  []string
	progress atomic.Int32
	asked    atomic.Int32
	sign     chan struct{}
}

func think(millis int) { time.Sleep(time.Duration(millis) * time.Millisecond) }

func outcome(result *mcp.CallToolResult, err error) string {
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case err != nil:
		return "rpc_error"
	case result.IsError:
		return "tool_error"
	default:
		return "ok"
	}
}

func (a *agent) line(ctx context.Context, name string, arguments any, token string) string {
	a.progress.Store(0)
	a.asked.Store(0)
	params := &mcp.CallToolParams{Name: name, Arguments: arguments}
	if token != "" {
		params.SetProgressToken(token)
	}
	result, err := a.session.CallTool(ctx, params)
	a.note(name, result, err)
	line := "call " + name + " " + outcome(result, err)
	if token != "" {
		// The SDK hands progress on by itself, and may be late with it.
		think(20)
	}
	if told := a.progress.Load(); told > 0 {
		line += fmt.Sprintf(", progress %d", told)
	}
	if a.asked.Load() > 0 {
		line += ", asked elicitation/create"
	}
	return line
}

func (a *agent) note(name string, result any, err error) {
	text, unreadable := json.Marshal(result)
	if unreadable != nil {
		panic(unreadable)
	}
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.results = append(a.results, fmt.Sprintf("%s %s %v", name, text, err))
}

func (a *agent) call(ctx context.Context, name string, arguments any, token string) {
	fmt.Println(a.line(ctx, name, arguments, token))
}

func (a *agent) together(ctx context.Context, names ...string) {
	lines := make([]string, len(names))
	var all sync.WaitGroup
	for i, name := range names {
		all.Go(func() { lines[i] = a.line(ctx, name, nothing{}, "") })
	}
	all.Wait()
	fmt.Println(strings.Join(lines, " || "))
}

// Gives a call up at its first sign of life.
func (a *agent) leave(ctx context.Context, name string) {
	leaving, cancel := context.WithCancel(ctx)
	defer cancel()
	a.sign = make(chan struct{}, 8)
	go func() {
		<-a.sign
		cancel()
	}()
	a.call(leaving, name, nothing{}, "left")
}

func work(url, revision string) error {
	ctx := context.Background()
	a := &agent{}
	client := mcp.NewClient(&mcp.Implementation{Name: "golden", Version: "1.0.0"}, &mcp.ClientOptions{
		ElicitationHandler: func(context.Context, *mcp.ElicitRequest) (*mcp.ElicitResult, error) {
			a.asked.Add(1)
			think(40)
			return &mcp.ElicitResult{Action: "accept", Content: map[string]any{"yes": true}}, nil
		},
		ProgressNotificationHandler: func(context.Context, *mcp.ProgressNotificationClientRequest) {
			a.progress.Add(1)
			if a.sign != nil {
				a.sign <- struct{}{}
			}
		},
	})
	remembers := &remembering{}
	transport := &mcp.StreamableClientTransport{Endpoint: url, HTTPClient: &http.Client{Transport: remembers}}
	session, err := client.Connect(ctx, transport, &mcp.ClientSessionOptions{ProtocolVersion: revision})
	if err != nil {
		return err
	}
	a.session = session
	fmt.Println("connected, revision", session.InitializeResult().ProtocolVersion)
	think(80)
	tools, err := session.ListTools(ctx, nil)
	a.note("tools", tools, err)
	fmt.Println("request tools/list", outcome(&mcp.CallToolResult{}, err))
	think(120)
	a.call(ctx, "echo", message{"caf\u00e9 \u2603"}, "")
	think(200)
	a.together(ctx, "count", "count", "count")
	think(60)
	a.call(ctx, "echo", nothing{}, "")
	a.call(ctx, "no-such-tool", nothing{}, "")
	think(90)
	a.call(ctx, "count", nothing{}, "counting")
	a.call(ctx, "confirm", nothing{}, "")
	think(50)
	a.leave(ctx, "wait")
	think(70)
	a.sign = nil
	a.call(ctx, "echo", message{"done"}, "")
	if err := session.Close(); err != nil {
		return err
	}
	return json.NewEncoder(os.Stderr).Encode(map[string]any{"results": a.results, "exchanges": remembers.exchanges})
}
