#!/bin/sh
# Creates the corpora that fuzzing starts from: the seeds, the help pages, and a certificate with its key.
set -eu
cd "$(dirname "$0")"

for target in decode differential stream round_trip feed page identity; do
    mkdir -p "corpus/$target"
    cp "seeds/$target"/* "corpus/$target/"
done

# The operations are numbered in the order of their names.
number=0
for operation in $(cd ../schemas && LC_ALL=C ls -d -- */ | tr -d /); do
    head="\\$(printf %03o "$number")"
    for target in decode differential; do
        for side in request:1 response:0; do
            body="../schemas/$operation/${side%:*}.xml"
            [ ! -f "$body" ] || { printf "$head${side#*:}"; cat "$body"; } >"corpus/$target/$operation-${side%:*}"
        done
    done
    for page in "../schemas/$operation"/*; do
        cp "$page" "corpus/page/$operation-$(basename "$page")"
    done
    number=$((number + 1))
done
# The lists are numbered as in the target. The second byte determines how they are cut.
number=0
for list in GetEvents GetInstances GetInstanceStatus GetPriceLists; do
    { printf "\\00$number"1; cat "../schemas/$list/response.xml"; } >"corpus/stream/$list"
    number=$((number + 1))
done
cp ../schemas/help.atom corpus/feed/

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=fuzz -days 3650 \
    -keyout corpus/key.pem -out corpus/certificate.pem 2>/dev/null
cat corpus/certificate.pem corpus/key.pem >corpus/identity/bundle
{ cat corpus/certificate.pem; printf '\n--\n'; cat corpus/key.pem; } >corpus/identity/pair
rm corpus/key.pem corpus/certificate.pem
