#!/bin/sh
# Records the captures of captures/src/test/resources/sessions anew, from real clients and servers; see record.mjs.
# Usage: record.sh [ROW...]; record.sh --list tells the rows.
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
for command in node npm python3 go java jar; do
    command -v "$command" >/dev/null || {
        echo "golden: no $command on the PATH, and the captures are recorded from real parts of every language" >&2
        exit 1
    }
done
exec node "$here/record.mjs" "$@"
