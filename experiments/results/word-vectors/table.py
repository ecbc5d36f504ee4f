"""table.py RUNS > scores.tsv: gathers what measure.sh has written, one line a training and word test."""
import json
import pathlib
import re
import sys

print("language\talgorithm\tpart\tseed\twords\ttest\tcovered\tof\tscore")
for file in sorted(pathlib.Path(sys.argv[1]).glob("*/*.json")):
    name, part, seed, frequent = re.fullmatch(r"(.*)-(12|3|1)-(\d)(\.frequent)?\.json", file.name).groups()
    scores = json.loads(file.read_text())
    rows = [(s["file"], s["covered"], s["pairs"], s["spearman"]) for s in scores["similarity"]]
    for test in scores["analogies"]:
        questions = [s for s in test["sections"] if s["name"] != "total"]
        covered = sum(s["covered"] for s in questions)
        right = sum(s["correctAdd"] for s in questions)
        rows.append((test["file"], covered, sum(s["questions"] for s in questions), right / max(1, covered)))
    for test, covered, total, score in rows:
        words = "3000" if frequent else "all"
        print(file.parent.name, name, f"1/{part}", seed, words, pathlib.Path(test).stem, covered, total, f"{score:.4f}", sep="\t")
