#!/usr/bin/env bash
# measure.sh RUNS > scores.tsv: for every complete run in the folder the bits a character that it needs (teacher forcing, natural
# log-probabilities of score-pairs) for data/test-new.tsv as it is, without final punctuation marks,
# and three lines on one, for Tatoeba's test set, and for each kind of data/robustness.tsv with its first accepted translation.
set -euo pipefail
lines=$(mktemp -d)
trap 'rm -r "$lines"' EXIT
python3 - "$lines" <<'PY'
import json
import re
import sys

folder = sys.argv[1]


def read(path):
    return [line.rstrip("\n").split("\t") for line in open(path, encoding="utf-8")]


def write(name, rows):
    with open(f"{folder}/{name}.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps({"zh": zh, "en": en}, ensure_ascii=False) + "\n" for zh, en in rows)
    with open(f"{folder}/{name}.en", "w", encoding="utf-8") as file:
        file.writelines(en + "\n" for _, en in rows)


write("tatoeba", [row[:2] for row in read("data/tatoeba/test.tsv")])
pairs = read("data/test-new.tsv")
write("test-new", pairs)
write("test-new, unpunctuated", [[re.sub("[。.？?！!]$", "", text) for text in pair] for pair in pairs])
write("test-new, joined", [["".join(p[0] for p in pairs[i : i + 3]), " ".join(p[1] for p in pairs[i : i + 3])] for i in range(0, len(pairs), 3)])
kinds = {}
for kind, source, accepted in read("data/robustness.tsv"):
    kinds.setdefault(kind, []).append([source, accepted.split(" | ")[0]])
for kind, rows in kinds.items():
    write(f"robustness, {kind}", rows)
write("robustness", [row for rows in kinds.values() for row in rows])
PY
printf 'run\ttest\tlines\tbits a character\n'
for run in "$1"/*/; do
  [ -e "$run/result.json" ] || continue
  for test in "$lines"/*.jsonl; do
    ./yuqiao score-pairs --model "$run" "$test" | cut -f1 | paste - "${test%.jsonl}.en" |
      awk -F'\t' -v run="$(basename "$run")" -v test="$(basename "$test" .jsonl)" '
        $1 != "-" { nats -= $1; characters += length($2); lines++ }
        END { printf "%s\t%s\t%d\t%.4f\n", run, test, lines, nats / characters / log(2) }'
  done
done
