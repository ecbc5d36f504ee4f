"""table.py < scores.tsv: what leaving out each corpus costs, in percent more bits a character than with all corpora."""
import csv
import sys

TESTS = ["tatoeba-test", "flores200-devtest", "test-new", "robustness"]

bits = {(row["run"], row["test"]): float(row["bits a character"]) for row in csv.DictReader(sys.stdin, delimiter="\t")}
full = {test: (bits["all", test] + bits["all-again", test]) / 2 for test in TESTS}
spread = {test: abs(bits["all", test] - bits["all-again", test]) / full[test] * 100 for test in TESTS}
print("| left out |", " | ".join(TESTS), "|")
print("| --- |" + " --- |" * len(TESTS))
print("| none, bits a character |", " | ".join(f"{full[test]:.3f}" for test in TESTS), "|")
print("| none, two seeds apart |", " | ".join(f"{spread[test]:.1f} %" for test in TESTS), "|")
for run in sorted({run for run, _ in bits if run.startswith("without-")}):
    costs = [(bits[run, test] / full[test] - 1) * 100 for test in TESTS]
    print(f"| {run.removeprefix('without-')} |", " | ".join(f"{cost:+.1f} %" for cost in costs), "|")
