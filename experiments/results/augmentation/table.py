"""table.py < scores.tsv: what each kind of augmentation gives, in percent of bits a character."""
import csv
import sys

rows = list(csv.DictReader(sys.stdin, delimiter="\t"))
bits = {(row["run"], row["test"]): float(row["bits a character"]) for row in rows}
tests = list(dict.fromkeys(row["test"] for row in rows))
runs = sorted({run for run, _ in bits if run.startswith("without-")})


def mean(run, test):
    return (bits[run, test] + bits[run + "-again", test]) / 2


def spread(test):
    return max(abs(bits[run, test] - bits[run + "-again", test]) for run in ("all", "none")) / mean("all", test) * 100


print("| test | none, bits a character | all | seeds apart, at most |", " | ".join(run.replace("-", " ") for run in runs), "|")
print("| --- |" + " --- |" * (3 + len(runs)))
for test in tests:
    all_kinds = mean("all", test)
    cells = [f"{mean('none', test):.3f}", f"{(all_kinds / mean('none', test) - 1) * 100:+.1f} %", f"{spread(test):.1f} %"]
    cells += [f"{(bits[run, test] / all_kinds - 1) * 100:+.1f} %" for run in runs]
    print(f"| {test} |", " | ".join(cells), "|")
