#!/usr/bin/env bash
# Fetches the help pages into new-schemas/, and writes the differences from the vendored pages to drift.md. The exit code
# of `cargo xtask drift` (0, 1 or 2) is an output of the step.
#
# If the pages cannot be compared, drift.md contains a fixed sentence. The reason is printed to the log only, because it
# can quote text from a server, and drift.md is posted.
set -euo pipefail

xtask="${XTASK:-target/debug/xtask}"
temp="${RUNNER_TEMP:-$(mktemp -d)}"
trap 'rm -f "$temp/cert.pem" "$temp/key.pem"' EXIT

identity=()
if [ -n "${CERT:-}" ] && [ -n "${KEY:-}" ]; then
    umask 077
    printf '%s\n' "$CERT" > "$temp/cert.pem"
    printf '%s\n' "$KEY" > "$temp/key.pem"
    identity=(--cert "$temp/cert.pem" --key "$temp/key.pem")
fi
# The programs below read the files. Nothing else needs the variables.
unset CERT KEY

# The runner must not treat text of a page as a command.
stop="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
echo "::stop-commands::$stop"

outcome=0
if ! "$xtask" fetch --out new-schemas ${BASE_URL:+--base-url "$BASE_URL"} "${identity[@]}"; then
    outcome=2
    echo "The help pages could not be fetched. The log of the job \"drift\" has the reason." > drift.md
else
    "$xtask" drift --schemas new-schemas --format markdown > drift.md || outcome=$?
    if [ "$outcome" -gt 1 ]; then
        outcome=2
        echo "The help pages could not be compared. The log of the job \"drift\" has the reason." > drift.md
    fi
fi

echo "::$stop::"
echo "outcome=$outcome" >> "${GITHUB_OUTPUT:-/dev/stdout}"
