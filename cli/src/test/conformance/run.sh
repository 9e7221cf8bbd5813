#!/bin/sh
# The MCP conformance suite, directly and through mcp-reel; see run.mjs. Without Node it says so: a failure only where
# CI=true.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

without() {
    echo "conformance: $1, so the suite did not run" >&2
    if [ "${CI:-}" = true ]; then
        echo '0 passed, 1 failed'
        exit 1
    fi
    echo '0 passed, 0 failed'
    exit 0
}

command -v node >/dev/null || without 'no node on the PATH'
command -v npm >/dev/null || without 'no npm on the PATH'
node -e 'process.exit(parseInt(process.versions.node) >= 20 ? 0 : 1)' || without "Node $(node --version) is older than 20"
exec node "$here/run.mjs" "$@"
