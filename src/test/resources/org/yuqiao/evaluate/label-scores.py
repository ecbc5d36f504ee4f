"""Writes label-scores.json beside this file: random labels, scored by seqeval and scikit-learn.

    python3 -m venv venv && venv/bin/pip install seqeval==1.2.2 scikit-learn && venv/bin/python label-scores.py

The file here was made with seqeval's sources at commit cd01b52 (1.2.2 and a little more) and scikit-learn 1.9.1. seqeval does not know M (inside a word), which it is given as I.
"""

import json
import pathlib
import random

import seqeval.metrics
import sklearn.metrics

HERE = pathlib.Path(__file__).parent
RANDOM = random.Random(7)


def disturbed(labels, known, share):
    return [RANDOM.choice(known) if RANDOM.random() < share else label for label in labels]


def words(length, types):
    labels = []
    while len(labels) < length:
        size = RANDOM.choice([1, 1, 2, 2, 3, 4])
        places = ["S"] if size == 1 else ["B"] + ["M"] * (size - 2) + ["E"]
        kind = RANDOM.choice(types)
        labels += [f"{place}-{kind}" for place in places]
    return labels


def entities(length, types):
    labels = []
    while len(labels) < length:
        kind = RANDOM.choice(types)
        labels += ["O"] * RANDOM.randrange(3) + [f"B-{kind}"] + [f"I-{kind}"] * RANDOM.randrange(3)
    return labels


def tokens(make, types, share):
    expected = [make(RANDOM.randrange(4, 20), types) for _ in range(40)]
    known = sorted({label for sentence in expected for label in sentence})
    found = [disturbed(sentence, known, share) for sentence in expected]
    theirs = [[[l.replace("M-", "I-", 1) for l in s] for s in side] for side in (expected, found)]
    scores = {
        "f1": 100 * seqeval.metrics.f1_score(*theirs),
        "precision": 100 * seqeval.metrics.precision_score(*theirs),
        "recall": 100 * seqeval.metrics.recall_score(*theirs),
        "accuracy": 100 * seqeval.metrics.accuracy_score(expected, found),
    }
    return {"expected": expected, "found": found, "scores": scores}


def sentences(known, extra, share):
    expected = [RANDOM.choice(known) for _ in range(200)]
    found = disturbed(expected, known + extra, share)
    scores = {
        "accuracy": 100 * sklearn.metrics.accuracy_score(expected, found),
        "macro-f1": 100 * sklearn.metrics.f1_score(expected, found, average="macro"),
    }
    return {"expected": expected, "found": found, "scores": scores}


fixture = {
    "tokens": [
        tokens(words, ["n"], 0.1),
        tokens(words, ["n", "v", "a"], 0.3),
        tokens(entities, ["PER", "LOC"], 0.2),
        tokens(entities, ["PER", "LOC", "ORG"], 0.6),
    ],
    "sentences": [
        sentences(["question", "statement"], [], 0.2),
        sentences(["a", "b", "c", "d"], ["e"], 0.5),
    ],
}
(HERE / "label-scores.json").write_text(json.dumps(fixture) + "\n")
