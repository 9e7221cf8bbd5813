// A server and an agent of the Go SDK: "golang server [stateless]" and "golang client URL REVISION". The agent says on a
// line each what it did and what came of it, and on stderr, as JSON, what its HTTP exchanges and its results were; the server
// says on stderr what it saw of every request.
package main

import (
	"fmt"
	"os"
)

func main() {
	var err error
	switch {
	case len(os.Args) >= 2 && os.Args[1] == "server":
		err = serve(len(os.Args) > 2 && os.Args[2] == "stateless")
	case len(os.Args) == 4 && os.Args[1] == "client":
		err = work(os.Args[2], os.Args[3])
	default:
		err = fmt.Errorf("usage: golang server [stateless] | golang client URL REVISION")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
