#!/usr/bin/env bash
# Creates the draft release of a tag. Nobody else sees it until a maintainer publishes it.
set -euo pipefail

version="$(sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q}' Cargo.toml)"
if [ "$GITHUB_REF_NAME" != "v$version" ]; then
    echo "the tag is $GITHUB_REF_NAME, but the version in Cargo.toml is $version" >&2
    exit 1
fi
# A workflow that is started again finds the draft of its first run.
if ! gh release view "$GITHUB_REF_NAME" >/dev/null 2>&1; then
    gh release create "$GITHUB_REF_NAME" --draft --verify-tag --title "$GITHUB_REF_NAME" \
        --notes "CHANGELOG.md lists the changes. SHA256SUMS has the checksums of the files."
fi
