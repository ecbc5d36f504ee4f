"""Programs that take turns, so that a slow phase of the machine affects all of them.

A contestant prints "ready" after its warm-up, works once for each line of standard input and prints the seconds, and
prints a JSON object at the end of its input. `Contestant` is the side that asks, `serve` the side that answers.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time


class Contestant:
    """A process that has warmed up and waits for its first turn."""

    def __init__(self, command, environment=None):
        self.command = [str(word) for word in command]
        self.errors = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            self.command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors,
            text=True,
            env=environment,
        )
        if self.answer() != "ready":
            self.process.wait()
            self.errors.seek(0)
            sys.exit(" ".join(self.command) + "\n" + self.errors.read())

    def answer(self):
        return self.process.stdout.readline().strip()

    def translate(self):
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        return float(self.answer())

    def end(self):
        return json.loads(self.process.communicate()[0])


def peer_arguments(description, weights, length=None):
    """The options that `translate_peers.py` gives to all its peers; a peer without `length` needs it."""
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True, help="benchmark.json, written by `bench translate --export`")
    parser.add_argument("--weights", required=True, help=weights)
    parser.add_argument("--beam", type=int, default=1)
    parser.add_argument("--batch", type=int, default=0, help="1: one by one; 0: many")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--length", type=int, default=length, required=length is None, help="of all translations")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=5)
    return parser


def serve(work, warm_up):
    """Warms up for some seconds, at least once, and works a turn a line; the seconds of the turns and the last result."""
    begun = time.perf_counter()
    while True:
        result = work()
        if time.perf_counter() - begun >= warm_up:
            break
    print("ready", flush=True)
    times = []
    for _ in iter(sys.stdin.readline, ""):
        begun = time.perf_counter()
        result = work()
        times.append(time.perf_counter() - begun)
        print(times[-1], flush=True)
    return times, result


def peak_memory():
    """Bytes, of this process."""
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0
