// A server and an agent of the Go SDK: "golden server [stateless]" and "golden client URL REVISION". The agent says on a
// line each what it did and what came of it.
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
		err = fmt.Errorf("usage: golden server [stateless] | golden client URL REVISION")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
