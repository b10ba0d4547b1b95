#!/usr/bin/env bash
# Commits the pages of new-schemas/ and the code generated from them on the branch "drift", which is created anew each
# time, and writes the text of a pull request to proposal.md. It runs without a token, because it reads the pages.
set -euo pipefail

xtask="${XTASK:-target/debug/xtask}"

git checkout --quiet -B drift
# The README is not a page, so fetch did not copy it.
cp schemas/README.md new-schemas/README.md
rm -rf schemas
mv new-schemas schemas

# The runner must not treat text of a page as a command.
stop="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
echo "::stop-commands::$stop"
# What codegen prints quotes the pages, so it is printed to the log and not posted.
if "$xtask" codegen; then
    result="The code is generated. Document the changes in the overlay (see CONTRIBUTING.md)."
else
    result="codegen stops. The reason is in the log of the job \"drift\"; \`cargo xtask codegen\` on this branch prints it, too."
fi
echo "::$stop::"
{ cat drift.md; echo; echo "$result"; } > proposal.md

git add schemas spektrix-v2/src/generated
git -c user.name="drift" -c user.email="drift@users.noreply.github.com" commit --quiet --message "Follow the help pages"
