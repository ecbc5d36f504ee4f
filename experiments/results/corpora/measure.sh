#!/usr/bin/env bash
# measure.sh RUNS > scores.tsv: for every complete run in the folder the bits a character that it needs for the translations of
# four test sets (teacher forcing, natural log-probabilities of score-pairs); of lines with several accepted translations, the first.
set -euo pipefail
lines=$(mktemp -d)
trap 'rm -r "$lines"' EXIT
for test in tatoeba/test flores200/devtest test-new; do cp "data/$test.tsv" "$lines/${test//\//-}.tsv"; done
cut -f2,3 data/robustness.tsv | sed 's/ | .*//' > "$lines/robustness.tsv"
printf 'run\ttest\tlines\tbits a character\n'
for run in "$1"/*/; do
  [ -e "$run/result.json" ] || continue
  for test in "$lines"/*.tsv; do
    ./yuqiao score-pairs --model "$run" "$test" | cut -f1 | paste - <(cut -f2 "$test") |
      awk -F'\t' -v run="$(basename "$run")" -v test="$(basename "$test" .tsv)" '
        $1 != "-" { nats -= $1; characters += length($2); lines++ }
        END { printf "%s\t%s\t%d\t%.4f\n", run, test, lines, nats / characters / log(2) }'
  done
done
