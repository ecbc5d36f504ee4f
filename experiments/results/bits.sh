#!/usr/bin/env bash
# bits.sh RUNS TESTS: for every complete run in the folder RUNS the bits a character that it needs for the translations of every test set
# in the folder TESTS (Chinese, tab, English), by teacher forcing: the natural log-probabilities of score-pairs.
set -euo pipefail
pairs=$(mktemp -d)
trap 'rm -r "$pairs"' EXIT
printf 'run\ttest\tlines\tbits a character\n'
for run in "$1"/*/; do
  [ -e "$run/result.json" ] || continue
  for test in "$2"/*.tsv; do
    # JSON lines name the languages, which cannot be told from lines of addresses alone.
    python3 -c '
import json, sys
for line in sys.stdin:
    zh, en = line.rstrip("\n").split("\t")[:2]
    print(json.dumps({"zh": zh, "en": en}))' < "$test" > "$pairs/test.jsonl"
    ./yuqiao score-pairs --model "$run" "$pairs/test.jsonl" | cut -f1 | paste - <(cut -f2 "$test") |
      awk -F'\t' -v run="$(basename "$run")" -v test="$(basename "$test" .tsv)" '
        $1 != "-" { nats -= $1; characters += length($2); lines++ }
        END { printf "%s\t%s\t%d\t%.4f\n", run, test, lines, nats / characters / log(2) }'
  done
done
