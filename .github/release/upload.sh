#!/usr/bin/env bash
# Adds the files in the folder dist to the draft release.
set -euo pipefail

gh release upload "$GITHUB_REF_NAME" dist/* --clobber
