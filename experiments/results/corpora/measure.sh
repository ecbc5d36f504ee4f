#!/usr/bin/env bash
# measure.sh RUNS > scores.tsv: bits a character of every complete run in the folder on four test sets; of lines with several accepted
# translations, the first.
set -euo pipefail
lines=$(mktemp -d)
trap 'rm -r "$lines"' EXIT
for test in tatoeba/test flores200/devtest test-new; do cp "data/$test.tsv" "$lines/${test//\//-}.tsv"; done
cut -f2,3 data/robustness.tsv | sed 's/ | .*//' > "$lines/robustness.tsv"
bash "$(dirname "$0")/../bits.sh" "$1" "$lines"
