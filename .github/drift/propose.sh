#!/usr/bin/env bash
# Pushes the branch "drift", and keeps one open pull request for it with the text of proposal.md.
set -euo pipefail

# The checkout keeps no credentials, so git asks gh, which has the token in GH_TOKEN.
git -c credential.helper= -c credential.helper='!gh auth git-credential' push --quiet --force origin drift

number=$(gh pr list --state open --head drift --json number --jq '.[0].number // empty')
if [ -n "$number" ]; then
    gh pr edit "$number" --body-file proposal.md
else
    gh pr create --head drift --title "Follow the help pages" --body-file proposal.md
fi
