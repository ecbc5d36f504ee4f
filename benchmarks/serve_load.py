"""The explorer's server under load, beside the command line's batch speed on the same sentences.

    go install go.k6.io/k6@latest
    python benchmarks/serve_load.py --k6 ~/go/bin/k6                      # 300 connections for 60 seconds
    python benchmarks/serve_load.py --k6 ~/go/bin/k6 --stop-after 10      # kill -TERM in the middle

Nine requests of ten are sentences of the test file in both directions, the others are bad in ten ways. k6 checks each
answer: status, problem document, its own source, the translation that the command line gives. Exits with 1 if an
answer was lost, mixed up or wrong, or if fewer sentences a second were translated than --min-share of the batch speed.
"""

import argparse
import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HOME = pathlib.Path(__file__).resolve().parent.parent
YUQIAO = HOME / "yuqiao"
PORT = 8189


def translate(direction, sentences):
    """The translations and the seconds that the whole command took."""
    begun = time.monotonic()
    result = subprocess.run(
        [YUQIAO, "translate", "--direction", direction],
        input="".join(line + "\n" for line in sentences),
        capture_output=True,
        text=True,
        check=True,
    )
    return result.stdout.splitlines(), time.monotonic() - begun


def batch(test, repeats):
    """[source, translation] of both directions, and sentences per second without the start of the program."""
    columns = zip(*(line.split("\t") for line in test.read_text("utf-8").splitlines()))
    pairs, seconds = [], 0
    for direction, sentences in zip(("zh-en", "en-zh"), columns):
        translations, once = translate(direction, sentences)
        _, repeated = translate(direction, list(sentences) * (1 + repeats))
        pairs += zip(sentences, translations)
        seconds += (repeated - once) / repeats
    return pairs, len(pairs) / seconds


class Server:
    def __init__(self):
        self.memory = []
        self.process = subprocess.Popen([YUQIAO, "serve", "--port", str(PORT)], stdout=subprocess.DEVNULL)
        while not self.answers():
            time.sleep(0.1)
        threading.Thread(target=self.watch, daemon=True).start()

    def answers(self):
        try:
            return urllib.request.urlopen(f"http://127.0.0.1:{PORT}/health").status == 200
        except OSError:
            if self.process.poll() is not None:
                sys.exit("the server ended")
            return False

    def watch(self):
        """Notes the resident set every second, in megabytes."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status")
        while self.process.poll() is None:
            for line in status.read_text().splitlines():
                if line.startswith("VmRSS"):
                    self.memory.append(int(line.split()[1]) // 1024)
            time.sleep(1)

    def stop(self):
        """Sends SIGTERM and returns the seconds until the end."""
        begun = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
        return time.monotonic() - begun


def k6(binary, pairs, connections, seconds, stops):
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "pairs.json").write_text(json.dumps(pairs), "utf-8")
        environment = os.environ | {
            "BASE": f"http://127.0.0.1:{PORT}/api/v1",
            "PAIRS": str(folder / "pairs.json"),
            "CONNECTIONS": str(connections),
            "DURATION": f"{seconds}s",
            "STOPS": json.dumps(stops),
            "K6_NO_USAGE_REPORT": "true",
        }
        command = [binary, "run", "--quiet", "--no-color", "--summary-export", folder / "summary.json"]
        if stops:  # k6 would print each refused connection
            command += ["--log-output", "none"]
        subprocess.run([*command, HOME / "benchmarks" / "serve_load.js"], env=environment, stdout=subprocess.DEVNULL)
        return json.loads((folder / "summary.json").read_text())["metrics"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--k6", default="k6")
    parser.add_argument("--connections", type=int, default=300)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--warm-up", type=int, default=15, help="seconds of load that are not counted")
    parser.add_argument("--test", type=pathlib.Path, default=HOME / "data" / "test.tsv")
    parser.add_argument("--repeats", type=int, default=4, help="of the test file, for the batch speed")
    parser.add_argument("--stop-after", type=float, help="kill -TERM after so many seconds")
    parser.add_argument("--min-share", type=float, default=0.6)
    arguments = parser.parse_args()

    pairs, batch_speed = batch(arguments.test, arguments.repeats)
    server = Server()
    try:
        if arguments.warm_up:
            k6(arguments.k6, pairs, arguments.connections, arguments.warm_up, False)
        server.memory.clear()
        stopped = []
        if arguments.stop_after:
            threading.Timer(arguments.stop_after, lambda: stopped.append(server.stop())).start()
        found = k6(arguments.k6, pairs, arguments.connections, arguments.seconds, bool(arguments.stop_after))
    finally:
        server.stop()

    def count(name):
        return int(found.get(name, {}).get("count", 0))

    for name in ("translated", "different", "busy", "stopping", "refused", "mixed_up", "wrong", "lost"):
        print(f"{name.replace('_', ' '):>20} {count(name)}")
    for name in ("good_milliseconds", "bad_milliseconds"):
        values = found.get(name, {})
        print(f"{name.split('_')[0] + ', ms':>20} " + "  ".join(f"{key} {values[key]:.0f}" for key in values if key != "count"))
    memory = server.memory
    print(f"{'memory, MB':>20} begin {memory[0]}  middle {memory[len(memory) // 2]}  end {memory[-1]}  max {max(memory)}")
    if stopped:
        print(f"{'stopped within, s':>20} {stopped[0]:.1f}")
    failed = count("mixed_up") + count("wrong") + count("lost") > 0
    if not arguments.stop_after:
        speed = count("translated") / arguments.seconds
        print(f"{'sentences/s':>20} {speed:.0f}, {speed / batch_speed:.0%} of the {batch_speed:.0f} of translate")
        failed = failed or speed < arguments.min_share * batch_speed
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
