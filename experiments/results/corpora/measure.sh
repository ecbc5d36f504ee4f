#!/usr/bin/env bash
# measure.sh RUNS: scores every complete run in the folder on four test sets by greedy search; writes RUNS/NAME.TEST.json.
set -euo pipefail
for run in "$1"/*/; do
  name=$(basename "$run")
  [ -e "$run/result.json" ] || continue
  for test in data/tatoeba/test.tsv data/flores200/devtest.tsv data/test-new.tsv data/robustness.tsv; do
    out=$1/$name.$(basename "$(dirname "$test")")-$(basename "$test" .tsv).json
    [ -e "$out" ] && continue
    kind=--test; [[ $test == *robustness* ]] && kind=--accepted
    ./yuqiao evaluate --model "$run" $kind "$test" --beam 1 --json > "$out.new"
    mv "$out.new" "$out"
  done
done
