"""Writes aer.json: random alignments and the figures of aer.py for them.

python3 aer_fixture.py FOLDER > aer.json

FOLDER holds aer.py of https://github.com/lilt/alignment-scripts (scripts, commit 4da9bbf).
"""

import json
import random
import sys

sys.path.insert(0, sys.argv[1])
from aer import calculate_metrics, parse_single_alignment  # noqa: E402

random.seed(27)
gold, links, words = [], [], []
for _ in range(12):
    length = random.randint(2, 9)
    words.append(["w"] * length)
    pairs = [(i, j) for i in range(length) for j in range(length)]
    gold.append(" ".join(f"{i}{random.choice('-p')}{j}" for i, j in sorted(random.sample(pairs, length))))
    links.append(" ".join(f"{i}-{j}" for i, j in sorted(random.sample(pairs, random.randint(0, length)))))


def parsed(line, sure):
    return {parse_single_alignment(link) for link in line.split() if not sure or "-" in link}


precision, recall, aer, *_ = calculate_metrics(
    [parsed(line, True) for line in gold],
    [parsed(line, False) for line in gold],
    [parsed(line, False) for line in links],
    -1.0,
    words,
    words,
)
print(
    json.dumps(
        {"gold": gold, "links": links, "aer": 100 * aer, "precision": 100 * precision, "recall": 100 * recall},
        indent=1,
    )
)
