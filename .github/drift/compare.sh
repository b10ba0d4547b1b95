#!/usr/bin/env bash
# Fetches the help pages into new-schemas/, and writes into drift.md how they differ from the vendored ones. The outcome,
# 0, 1 or 2 as `cargo xtask drift` has it, is an output of the step.
set -euo pipefail

xtask="${XTASK:-target/debug/xtask}"
room="${RUNNER_TEMP:-$(mktemp -d)}"
trap 'rm -f "$room/cert.pem" "$room/key.pem"' EXIT

identity=()
if [ -n "${CERT:-}" ] && [ -n "${KEY:-}" ]; then
    umask 077
    printf '%s\n' "$CERT" > "$room/cert.pem"
    printf '%s\n' "$KEY" > "$room/key.pem"
    identity=(--cert "$room/cert.pem" --key "$room/key.pem")
fi

outcome=0
"$xtask" fetch --out new-schemas ${BASE_URL:+--base-url "$BASE_URL"} "${identity[@]}" 2> drift.err || outcome=2
if [ "$outcome" = 0 ]; then
    "$xtask" drift --schemas new-schemas --format markdown > drift.md 2> drift.err || outcome=$?
fi
cat drift.err >&2
if [ "$outcome" -gt 1 ]; then
    outcome=2
    { echo "The pages could not be compared:"; echo '```'; cat drift.err; echo '```'; } > drift.md
fi
echo "outcome=$outcome" >> "${GITHUB_OUTPUT:-/dev/stdout}"
