#!/usr/bin/env bash
# Keeps one open issue with the text of drift.md.
set -euo pipefail

title="The help pages have drifted"
number=$(gh issue list --state open --search "in:title \"$title\"" --json number,title \
    --jq "[.[] | select(.title == \"$title\")][0].number // empty")
if [ -n "$number" ]; then
    gh issue edit "$number" --body-file drift.md
else
    gh issue create --title "$title" --body-file drift.md
fi
