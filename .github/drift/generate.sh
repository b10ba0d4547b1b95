#!/usr/bin/env bash
# Commits the pages of new-schemas/ and the code generated from them on the branch "drift", which is created anew each
# time, and writes the text of a pull request to proposal.md. It runs without a token, since it reads the pages.
set -euo pipefail

xtask="${XTASK:-target/debug/xtask}"

git checkout --quiet -B drift
# The README is not a page; fetch did not copy it.
cp schemas/README.md new-schemas/README.md
rm -rf schemas
mv new-schemas schemas

# Text of a page must not be taken for a command of the runner.
stop="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
echo "::stop-commands::$stop"
# What codegen prints quotes the pages, so it is printed to the log and not posted.
if "$xtask" codegen; then
    result="The code is generated. What each change means has to be described in the overlay (see CONTRIBUTING.md)."
else
    result="codegen stops. The log of the job \"drift\" has the reason, and so has \`cargo xtask codegen\` on this branch."
fi
echo "::$stop::"
{ cat drift.md; echo; echo "$result"; } > proposal.md

git add schemas spektrix-v2/src/generated
git -c user.name="drift" -c user.email="drift@users.noreply.github.com" commit --quiet --message "Follow the help pages"
