#!/usr/bin/env bash
# Builds the command for one target, in an archive with its documentation, and on Linux as a Debian package.
#
# TARGET is the target of Rust, and must be able to run here. The results are in the folder dist.
set -euo pipefail

name="spektrix-$(sed -n '/^version = /{s/.*"\(.*\)"/\1/p;q}' Cargo.toml)-$TARGET"
release="${CARGO_TARGET_DIR:-target}/$TARGET/release"
binary="$release/spektrix"
[[ "$TARGET" != *-windows-* ]] || binary="$binary.exe"

rustup target add "$TARGET"
# C code for musl is compiled with its headers.
export CC_x86_64_unknown_linux_musl=musl-gcc CC_aarch64_unknown_linux_musl=musl-gcc
# aws-lc brings assembled code for Windows, so no assembler is needed there.
export AWS_LC_SYS_PREBUILT_NASM=1
cargo build --release --locked --package spektrix-v2-cli --target "$TARGET"

if [[ "$TARGET" == *-musl ]] && ldd "$binary" 2>&1 | grep "=>"; then
    echo "$binary is not static" >&2
    exit 1
fi
size="$(wc -c < "$binary")"
if [ "$size" -gt 30000000 ]; then
    echo "$binary has $size bytes, more than 30 MB" >&2
    exit 1
fi
"$binary" --version
"$binary" --sandbox events --format csv --fields id,name

.ci/command-files "$binary" "$TARGET"
rm -rf dist
mkdir -p "dist/$name"
cp -L "$binary" cli/README.md CHANGELOG.md LICENSE-* "dist/$name"
cp -LR cli/docs "$release"/package/* "dist/$name"
[[ "$TARGET" != *-linux-* ]] || cp -R cli/systemd "dist/$name"
cd dist
if [[ "$TARGET" == *-windows-* ]]; then
    7z a -bso0 "$name.zip" "$name"
else
    tar -czf "$name.tar.gz" "$name"
fi
rm -r "$name"
cd ..

if [[ "$TARGET" == *-linux-* ]]; then
    .ci/deb --install
    cargo deb --quiet --locked --no-build --target "$TARGET" --package spektrix-v2-cli --output dist/
fi
