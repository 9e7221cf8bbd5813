package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type message struct {
	Message string `json:"message"`
}

type nothing struct{}

func text(value string) *mcp.CallToolResult {
	return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: value}}}
}

func echo(_ context.Context, _ *mcp.CallToolRequest, in message) (*mcp.CallToolResult, any, error) {
	if in.Message == "" {
		return nil, nil, errors.New("nothing to echo")
	}
	return text(in.Message), nil, nil
}

// Says where it is three times.
func count(ctx context.Context, req *mcp.CallToolRequest, _ nothing) (*mcp.CallToolResult, any, error) {
	for step := 1; step <= 3; step++ {
		time.Sleep(50 * time.Millisecond)
		if err := tell(ctx, req, step, 3); err != nil {
			return nil, nil, err
		}
	}
	return text("counted"), nil, nil
}

func tell(ctx context.Context, req *mcp.CallToolRequest, step, total int) error {
	token := req.Params.GetProgressToken()
	if token == nil {
		return nil
	}
	params := &mcp.ProgressNotificationParams{ProgressToken: token, Progress: float64(step), Total: float64(total)}
	return req.Session.NotifyProgress(ctx, params)
}

// Asks back: by a request of its own, or by a result that wants to be called again, as the client's revision has it.
func confirm(_ context.Context, req *mcp.CallToolRequest, _ nothing) (*mcp.CallToolResult, any, error) {
	if len(req.Params.InputResponses) == 0 {
		schema := map[string]any{"type": "object", "properties": map[string]any{"yes": map[string]any{"type": "boolean"}}}
		sure := &mcp.ElicitParams{Message: "Sure?", RequestedSchema: schema}
		return &mcp.CallToolResult{InputRequests: mcp.InputRequestMap{"sure": sure}, RequestState: "asked once"}, nil, nil
	}
	return text("confirmed"), nil, nil
}

// Gives a sign of life, and then nothing for long.
func wait(ctx context.Context, req *mcp.CallToolRequest, _ nothing) (*mcp.CallToolResult, any, error) {
	if err := tell(ctx, req, 1, 2); err != nil {
		return nil, nil, err
	}
	select {
	case <-ctx.Done():
		return nil, nil, ctx.Err()
	case <-time.After(1500 * time.Millisecond):
		return text("waited"), nil, nil
	}
}

func serve(stateless bool) error {
	server := mcp.NewServer(&mcp.Implementation{Name: "interop-go", Version: "1.0.0"}, nil)
	mcp.AddTool(server, &mcp.Tool{Name: "echo"}, echo)
	mcp.AddTool(server, &mcp.Tool{Name: "count"}, count)
	mcp.AddTool(server, &mcp.Tool{Name: "confirm"}, confirm)
	mcp.AddTool(server, &mcp.Tool{Name: "wait"}, wait)
	options := &mcp.StreamableHTTPOptions{Stateless: stateless, PropagateRequestCancellation: true}
	handler := mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, options)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Fprintf(os.Stderr, "bound http://%s\n", listener.Addr())
	return http.Serve(listener, telling(handler))
}

func telling(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		headers := append(fields(r.Header), "host: "+r.Host)
		line, err := json.Marshal(map[string]any{"method": r.Method, "url": r.URL.Path, "headers": headers})
		if err != nil {
			panic(err)
		}
		handler.ServeHTTP(w, r)
		// In one piece, as several may have something to say.
		fmt.Fprintf(os.Stderr, "\nsaw %s\n", line)
	})
}

// Header fields as lines, in an order that is no question of chance.
func fields(header http.Header) []string {
	lines := []string{}
	for name, values := range header {
		for _, value := range values {
			lines = append(lines, strings.ToLower(name)+": "+value)
		}
	}
	slices.Sort(lines)
	return lines
}
