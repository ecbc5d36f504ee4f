"""Yuqiao and eager PyTorch in turn on the same weights, sentences and settings: A B A B.

    python benchmarks/translate_compare.py --model RUN --test FILE.tsv [--rounds 2]
    python benchmarks/translate_compare.py --size base --limit 40

Prints a row for each beam and batch: sentences per second of both (the medians) and the ratio with its spread over
rounds; then the peak memory of both processes. Needs torch in the Python that runs it, nothing else.
"""

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(" ".join(map(str, command)) + "\n" + done.stderr)
    return json.loads(done.stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--test")
    parser.add_argument("--size")
    parser.add_argument("--int8", action="store_true", help="with --size: integers of eight bits on Yuqiao's side")
    parser.add_argument("--limit", default="0", help="the first N sentences only")
    parser.add_argument("--beam", default="1,4")
    parser.add_argument("--batch", default="0,1")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--warm-up", default="4", help="seconds before each measurement, on both sides")
    parser.add_argument("--repeat", default="3", help="of each measurement; the median counts")
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()

    task = ["--size", arguments.size] if arguments.size else ["--model", arguments.model, "--test", arguments.test]
    task += ["--int8"] if arguments.int8 else []
    yuqiao = [HERE.parent / "yuqiao", "bench", "translate", *task, "--limit", arguments.limit, "--json"]
    yuqiao += ["--beam", arguments.beam, "--threads", arguments.threads]
    folder = tempfile.mkdtemp(prefix="translate-")
    pytorch = [sys.executable, "-W", "ignore", HERE / "translate_pytorch.py", "--folder", folder]
    pytorch += ["--beam", arguments.beam, "--batch", arguments.batch, "--threads", arguments.threads]
    for command in (yuqiao, pytorch):
        command += ["--warm-up", arguments.warm_up, "--repeat", arguments.repeat]

    ours, theirs = [], []
    for round_number in range(arguments.rounds):
        export = ["--export", folder] if round_number == 0 else []
        ours.append(run([*yuqiao, "--batch", arguments.batch, *export]))
        theirs.append(run(pytorch))

    print(f"{'beam':>4} {'batch':>5} {'Yuqiao/s':>9} {'PyTorch/s':>9} {'ratio':>6}  {'of rounds':<16} same")
    for i, cell in enumerate(ours[0]["results"]):
        a = [one["results"][i]["sentencesPerSecond"] for one in ours]
        b = [one["results"][i]["sentencesPerSecond"] for one in theirs]
        ratios = [x / y for x, y in zip(a, b)]
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        same = f"{theirs[0]['results'][i]['sameTranslations']} of {cell['sentences']}"
        print(
            f"{cell['beam']:>4} {cell['batch'] or 'many':>5} {statistics.median(a):>9.1f} {statistics.median(b):>9.1f}"
            f" {statistics.median(ratios):>6.2f}  {spread:<16} {same}"
        )
    memory = [max(one["peakMemory"] for one in side) / 2**20 for side in (ours, theirs)]
    print(f"peak memory: Yuqiao {memory[0]:.0f} MiB, PyTorch {memory[1]:.0f} MiB, ratio {memory[0] / memory[1]:.2f}")


if __name__ == "__main__":
    main()
