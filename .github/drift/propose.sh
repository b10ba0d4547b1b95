#!/usr/bin/env bash
# Proposes the pages of new-schemas/, with the code that they make, on a branch that is made anew each time. Where codegen
# stops, its words are in the pull request: mostly an entry of the overlay no longer applies.
set -euo pipefail

xtask="${XTASK:-target/debug/xtask}"
branch="drift"
title="Follow the help pages"

git checkout -B "$branch"
# What stands beside the pages in the folder stays.
cp schemas/README.md new-schemas/README.md
rm -rf schemas
mv new-schemas schemas
{ cat drift.md; echo; } > proposal.md
if "$xtask" codegen > codegen.log 2>&1; then
    echo "The code is generated. What each change means is for the overlay and for people to say (CONTRIBUTING.md)." >> proposal.md
else
    { echo "codegen stops:"; echo '```'; cat codegen.log; echo '```'; } >> proposal.md
fi

git add schemas spektrix-v2/src/generated
git -c user.name="drift" -c user.email="drift@users.noreply.github.com" commit --quiet --message "$title"
git push --force origin "$branch"
number=$(gh pr list --state open --head "$branch" --json number --jq '.[0].number // empty')
if [ -n "$number" ]; then
    gh pr edit "$number" --body-file proposal.md
else
    gh pr create --head "$branch" --title "$title" --body-file proposal.md
fi
