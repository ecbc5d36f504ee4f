#!/usr/bin/env bash
# measure.sh LANGUAGE TESTS FILE...: trains word vectors of LANGUAGE (zh or en) on the corpora, by algorithm, amount of text,
# dimension, window, negative samples and seed, and prints a line for each score on the word tests of the folder TESTS
# (similarity LANGUAGE-*.txt, analogies of that language).
set -euo pipefail
language=$1 tests=$2; shift 2
work=runs/word-vectors/$language
mkdir -p "$work"
similarity=() analogies=()
for file in "$tests/$language"-*.txt; do similarity+=(--similarity "$file"); done
if [ "$language" = en ]; then analogies=(--analogies "$tests/questions-words.txt")
else analogies=(--analogies "$tests/zh_analogy_translated.txt" --analogies "$tests/ca8_semantic.txt"); fi

# One sentence in 12 and in 3, spread over all corpora, and all of them.
for part in 12 3 1; do
  for file in "$@"; do
    name=$work/$part.$(basename "$file")
    [ -e "$name" ] || awk -v part=$part 'NR % part == 0' "$file" > "$name"
  done
done

score() { # NAME PART SEED OPTIONS...: trains and evaluates
  local name=$1 part=$2 seed=$3; shift 3
  local out=$work/$name-$part-$seed
  if [ ! -e "$out.json" ]; then
    ./yuqiao embed train "$@" --seed "$seed" --threads 1 --column "$language" --input "$work/$part".* --output "$out.bin" > "$out.log" 2>&1
    ./yuqiao embed evaluate "$out.bin" --ignore-case --json "${similarity[@]}" "${analogies[@]}" > "$out.new" 2>> "$out.log"
    ./yuqiao embed evaluate "$out.bin" --ignore-case --json --vocabulary 3000 "${similarity[@]}" "${analogies[@]}" > "$out.frequent.json" 2>> "$out.log"
    mv "$out.new" "$out.json"; rm "$out.bin"
  fi
  echo "$name $part $seed done"
}

for seed in 1 2 3; do
  for algorithm in cbow cbow-corrected skipgram; do
    for part in 12 3 1; do score $algorithm $part $seed --algorithm $algorithm; done
  done
  for algorithm in cbow skipgram; do
    for dimension in 50 200; do score $algorithm-dim$dimension 1 $seed --algorithm $algorithm --dim $dimension; done
    for window in 2 10; do score $algorithm-window$window 1 $seed --algorithm $algorithm --window $window; done
    score $algorithm-negative15 1 $seed --algorithm $algorithm --negative 15
  done
done
