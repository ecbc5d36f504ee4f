#!/usr/bin/env bash
# measure.sh RUNS > scores.tsv: bits a character of every complete run in the folder on Tatoeba's test set, on data/test-new.tsv as it is,
# without final punctuation marks, and three lines on one, and on each kind of data/robustness.tsv with its first accepted translation.
set -euo pipefail
export LC_ALL=C.UTF-8
lines=$(mktemp -d)
trap 'rm -r "$lines"' EXIT
cp data/tatoeba/test.tsv "$lines/tatoeba.tsv"
cp data/test-new.tsv "$lines/test-new.tsv"
sed -E 's/[。.？?！!](\t|$)/\1/g' data/test-new.tsv > "$lines/test-new, unpunctuated.tsv"
awk -F'\t' '{ zh = zh $1; en = en (en == "" ? "" : " ") $2 } NR % 3 == 0 { print zh "\t" en; zh = en = "" }' \
  data/test-new.tsv > "$lines/test-new, joined.tsv"
sed 's/ | .*//' data/robustness.tsv |
  awk -F'\t' -v lines="$lines" '{ print $2 "\t" $3 > (lines "/robustness.tsv"); print $2 "\t" $3 > (lines "/robustness, " $1 ".tsv") }'
bash "$(dirname "$0")/../bits.sh" "$1" "$lines"
