"""Yuqiao and eager PyTorch in turn on the same weights, sentences and settings.

    python benchmarks/translate_compare.py --model RUN --test FILE.tsv
    python benchmarks/translate_compare.py --size base --limit 40

Both are started and warmed up for each beam and batch size; then they translate everything in turn, so that a slow
phase of the machine affects both. Prints a row for each beam and batch size: median sentences per second of both, the
speed-up (median over turns, with quartiles), the number of identical translations; then the peak memory of both. Needs
torch in the Python that runs it, nothing else.
"""

import argparse
import pathlib
import statistics
import subprocess
import sys
import tempfile

from interleaved import Contestant

HERE = pathlib.Path(__file__).resolve().parent


def compare(yuqiao, pytorch, turns):
    ours, theirs = Contestant(yuqiao), Contestant(pytorch)
    ours.translate(), theirs.translate()  # Each has idled while the other warmed up.
    times = [(ours.translate(), theirs.translate()) for _ in range(turns)]
    return times, ours.end(), theirs.end()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--test")
    parser.add_argument("--size")
    parser.add_argument("--int8", action="store_true", help="with --size: int8 weights for Yuqiao")
    parser.add_argument("--limit", default="0", help="only the first N sentences; 0: all")
    parser.add_argument("--beam", default="1,4")
    parser.add_argument("--batch", default="0,1")
    parser.add_argument("--threads", default="2")
    parser.add_argument("--warm-up", default="10", help="seconds of warm-up on both sides")
    parser.add_argument("--turns", type=int, default=11, help="turns per beam and batch size")
    arguments = parser.parse_args()

    task = ["--size", arguments.size] if arguments.size else ["--model", arguments.model, "--test", arguments.test]
    task += ["--int8"] if arguments.int8 else []
    folder = tempfile.mkdtemp(prefix="translate-")
    yuqiao = [HERE.parent / "yuqiao", "bench", "translate", *task, "--limit", arguments.limit]
    yuqiao += ["--threads", arguments.threads]
    pytorch = [sys.executable, "-W", "ignore", HERE / "translate_pytorch.py", "--folder", folder]
    pytorch += ["--threads", arguments.threads]
    once = ["--beam", arguments.beam, "--batch", "0", "--warm-up", "0", "--repeat", "1", "--export", folder]
    exported = subprocess.run([*yuqiao, *once], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if exported.returncode != 0:
        sys.exit(exported.stderr)

    print(f"{'beam':>4} {'batch':>5} {'Yuqiao/s':>9} {'PyTorch/s':>9} {'speed-up':>8}  {'quartiles':<13} identical")
    memory = [0, 0]
    for beam in arguments.beam.split(","):
        for batch in arguments.batch.split(","):
            cell = ["--beam", beam, "--batch", batch, "--warm-up", arguments.warm_up, "--interleaved"]
            times, ours, theirs = compare([*yuqiao, *cell], [*pytorch, *cell], arguments.turns)
            sentences = theirs["results"][0]["sentences"]
            ratios = sorted(b / a for a, b in times)
            speeds = [sentences / statistics.median(side) for side in zip(*times)]
            low, high = ratios[len(ratios) // 4], ratios[-1 - len(ratios) // 4]
            print(
                f"{beam:>4} {'many' if batch == '0' else batch:>5} {speeds[0]:>9.1f} {speeds[1]:>9.1f}"
                f" {statistics.median(ratios):>8.2f}  {f'{low:.2f} to {high:.2f}':<13}"
                f" {theirs['results'][0]['sameTranslations']} of {sentences}",
                flush=True,
            )
            memory = [max(was, side["peakMemoryBytes"]) for was, side in zip(memory, (ours, theirs))]
    ours, theirs = (peak / 2**20 for peak in memory)
    print(f"peak memory: Yuqiao {ours:.0f} MiB, PyTorch {theirs:.0f} MiB, ratio {ours / theirs:.2f}")


if __name__ == "__main__":
    main()
