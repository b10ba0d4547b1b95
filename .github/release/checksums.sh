#!/usr/bin/env bash
# Adds SHA256SUMS to the draft release, with the checksum of each file that was uploaded.
set -euo pipefail

mkdir files
gh release download "$GITHUB_REF_NAME" --dir files --pattern 'spektrix*'
cd files
sha256sum -- * > SHA256SUMS
cat SHA256SUMS
gh release upload "$GITHUB_REF_NAME" SHA256SUMS --clobber
