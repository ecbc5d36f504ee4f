"""Yuqiao and a peer in turn on the same weights, sentences and settings, and what the machine can do meanwhile.

    python benchmarks/translate_peers.py --model models/zh-en --test data/test.tsv --out FILE.jsonl
    python benchmarks/random_marian.py --size opus-mt --out FOLDER
    python benchmarks/translate_peers.py --marian FOLDER --weights int8 --beam 4 --limit 32 --out FILE.jsonl
    python benchmarks/translate_peers.py --table FILE.jsonl

Each cell (weights, beam, batch) appends a line to FILE.jsonl; --table prints those lines as rows for
`make_performance.py`. The Python that runs it needs torch and, by --peer, ctranslate2, transformers or onnxruntime;
--python names another one for the peer.
"""

import argparse
import json
import os
import pathlib
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time

from interleaved import Contestant

HERE = pathlib.Path(__file__).resolve().parent
YUQIAO = HERE.parent / "yuqiao"
PEERS = {"ctranslate2": "ctranslate2", "transformers": None, "onnx": "onnx"}
NUMBER_BYTES = {"float32": 4, "int8": 1}
# A thread that waits for work may spin for a while, which is not to slow down the one whose turn it is.
PAUSE = 0.3


def run(*command):
    """Runs a command, unless it wrote its folder in an earlier measurement."""
    if "--out" in command and pathlib.Path(command[command.index("--out") + 1]).exists():
        return
    done = subprocess.run([str(word) for word in command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    if done.returncode != 0:
        sys.exit(done.stderr)


def read_weights(path):
    data = path.read_bytes()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    return {name: one for name, one in header.items() if name != "__metadata__"}, data[8 + length :]


def float32_copy(model, folder):
    """The model with its int8 weights as the float32 values they stand for."""
    import numpy

    if folder.exists():
        return folder
    shutil.copytree(model, folder, ignore=shutil.ignore_patterns("model.json", "result.json", "*.safetensors"))
    header, data = read_weights(model / "model.safetensors")

    def tensor(name):
        begin, end = header[name]["data_offsets"]
        kind = {"I8": numpy.int8, "F32": numpy.float32}[header[name]["dtype"]]
        return numpy.frombuffer(data[begin:end], kind).reshape(header[name]["shape"])

    written, parts, at = {}, [], 0
    for name in header:
        if name.endswith(".scale") and name[: -len(".scale")] in header:
            continue
        values = tensor(name).astype(numpy.float32)
        if header[name]["dtype"] == "I8":
            values = values * tensor(name + ".scale")
        parts.append(values.tobytes())
        written[name] = {"dtype": "F32", "shape": header[name]["shape"], "data_offsets": [at, at + len(parts[-1])]}
        at += len(parts[-1])
    text = json.dumps(written).encode()
    text += b" " * (-len(text) % 8)
    (folder / "model.safetensors").write_bytes(struct.pack("<Q", len(text)) + text + b"".join(parts))
    return folder


def prepare(arguments, folder):
    """Models of Yuqiao and of the peer with the same weights, and sources and translations as token ids."""
    model = arguments.model
    if arguments.marian:
        model = folder / "imported"
        run(YUQIAO, "import", arguments.marian, "--out", model)
    header, _ = read_weights(model / "model.safetensors")
    is_int8 = any(one["dtype"] == "I8" for one in header.values())
    if arguments.weights == "float32" and is_int8:
        model = float32_copy(model, folder / "float32")
    elif arguments.weights == "int8" and not is_int8:
        run(YUQIAO, "quantize", "--model", model, "--out", folder / "int8")
        model = folder / "int8"
    theirs = arguments.marian
    if PEERS[arguments.peer]:
        theirs = folder / f"{arguments.peer}-{arguments.weights}"
        quantize = ["--quantize", "int8"] if arguments.weights == "int8" else []
        run(YUQIAO, "export", "--format", PEERS[arguments.peer], "--model", model, "--out", theirs, *quantize)
    return model, theirs


def work(settings, vocabulary, sources, translations, beam, weights):
    """Operations of the weights' matmuls, and bytes of the decoder's weights read once a step and sentence.

    Attention scores are left out, and a beam is counted as if all its rows were as long as its best translation.
    """
    width, inner = settings["hiddenSize"], settings["feedForwardSize"]
    encoder = settings["encoderLayers"] * (4 * width**2 + 2 * width * inner)
    memory = settings["decoderLayers"] * 2 * width**2
    decoder = settings["decoderLayers"] * (6 * width**2 + 2 * width * inner) + width * vocabulary
    tokens = sum(len(one) + 1 for one in sources)
    steps = sum(min(len(found) + 1, 2 * len(source) + 10) for source, found in zip(sources, translations))
    return 2 * (tokens * (encoder + memory) + steps * beam * decoder), steps * decoder * NUMBER_BYTES[weights]


def commands(arguments, model, theirs, folder, test):
    cell = ["--beam", arguments.beam, "--batch", arguments.batch, "--limit", arguments.limit]
    cell += ["--threads", arguments.threads]
    ours = [YUQIAO, "bench", "translate", "--model", model, "--test", test, *cell]
    run(*ours, "--warm-up", 0, "--repeat", 1, "--export", folder)
    peer = [arguments.python, "-W", "ignore", HERE / f"translate_{arguments.peer}.py", "--folder", folder]
    peer += ["--weights", theirs, *cell, "--warm-up", arguments.warm_up]
    peer += ["--length", arguments.length] if arguments.marian else []
    peer += ["--compute", arguments.weights] if arguments.peer == "ctranslate2" else []
    machine = [sys.executable, HERE / "machine_speed.py", "--threads", arguments.threads, "--interleaved"]
    return [*ours, "--warm-up", arguments.warm_up, "--interleaved"], peer, machine


def turns(contestants, count):
    """Seconds of each contestant, turn by turn; the first turn, after others have warmed up, does not count."""
    times = []
    for _ in range(count + 1):
        turn = []
        for one in contestants:
            time.sleep(PAUSE)
            turn.append(one.translate())
        times.append(turn)
    return times[1:]


def measure(arguments, folder):
    test = arguments.marian / "sentences.tsv" if arguments.marian else folder / "test.tsv"
    if not arguments.marian:
        test.write_text("".join(pathlib.Path(one).read_text("utf-8") for one in arguments.test), "utf-8")
    model, theirs = prepare(arguments, folder)
    # OpenBLAS is tuned for what Yuqiao calls it with, oneDNN and MKL for their own threads.
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("OPENBLAS_", "OMP_"))}
    contestants = [Contestant(one, environment) for one in commands(arguments, model, theirs, folder, test)]
    times = turns(contestants, arguments.turns)
    ours, peer, machine = (one.end() for one in contestants)
    described = json.loads((folder / "benchmark.json").read_text("utf-8"))
    expected, vocabulary = described["translations"][0]["tokens"], described["vocabularies"]["target"]
    sources, found = described["sources"], peer.pop("translations")
    beam = arguments.beam
    operations, read = work(described["model"], vocabulary, sources, expected, beam, arguments.weights)
    seconds = [statistics.median(side) for side in list(zip(*times))[:2]]
    return {
        "model": arguments.name,
        "peer": peer["version"],
        "way": peer["way"],
        "weights": arguments.weights,
        "beam": beam,
        "batch": "many" if arguments.batch == 0 else 1,
        "sentences": len(sources),
        "tokens": [sum(map(len, expected)), sum(map(len, found))],
        "equal": sum(a == b for a, b in zip(expected, found)),
        "speeds": [len(sources) / one for one in seconds],
        "ratios": sorted(turn[1] / turn[0] for turn in times),
        "machine": machine,
        "ofMatmul": [operations / one / 1e9 / machine[arguments.weights] for one in seconds],
        "ofMemory": [read / one / 1e9 / machine["memory"] for one in seconds],
        "memory": [ours["peakMemoryBytes"] / 2**20, peer["peakMemoryBytes"] / 2**20],
    }


COLUMNS = ["model", "weights", "beam", "batch", "sentences/s", "peer", "speed-up (quartiles)", "equal translations"]
COLUMNS += ["of matmul speed, % (peer)", "of memory speed, % (peer)", "peak memory, MiB (peer)"]
COLUMNS += ["machine: float32 GFLOP/s, int8 GOP/s, memory GB/s"]


def row(cell):
    ratios = cell["ratios"]
    quarter = len(ratios) // 4
    low, high = ratios[quarter], ratios[-1 - quarter]
    percent = ["{:.0f} ({:.0f})".format(*(100 * one for one in cell[name])) for name in ("ofMatmul", "ofMemory")]
    return [
        cell["model"],
        cell["weights"],
        str(cell["beam"]),
        str(cell["batch"]),
        *("{:,.{}f}".format(one, 0 if one >= 100 else 1) for one in cell["speeds"]),
        f"{statistics.median(ratios):.2f} ({low:.2f} to {high:.2f})",
        f"{cell['equal']:,} of {cell['sentences']:,}",
        percent[0],
        percent[1] if cell["batch"] == 1 else "",
        "{:,.0f} ({:,.0f})".format(*cell["memory"]),
        "{float32:.0f}, {int8:.0f}, {memory:.0f}".format(**cell["machine"]),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=pathlib.Path, help="the folder of a model")
    parser.add_argument("--test", nargs="+", help="corpora whose sources are translated")
    parser.add_argument("--marian", type=pathlib.Path, help="instead of both: a folder of random_marian.py")
    parser.add_argument("--length", type=int, default=34, help="with --marian: tokens of all translations")
    parser.add_argument("--name", help="of the model in the table (default: its folder)")
    parser.add_argument("--peer", choices=PEERS, default="ctranslate2")
    parser.add_argument("--python", default=sys.executable, help="of the peer")
    parser.add_argument("--weights", choices=NUMBER_BYTES, default="float32")
    parser.add_argument("--beam", type=int, default=1)
    parser.add_argument("--batch", type=int, default=0, choices=[0, 1], help="1: one by one; 0: many")
    parser.add_argument("--limit", type=int, default=0, help="only the first N sentences; 0: all")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=10, help="seconds of warm-up of both")
    parser.add_argument("--keep", type=pathlib.Path, help="keeps converted models in this folder for the next cell")
    parser.add_argument("--turns", type=int, default=7)
    parser.add_argument("--out", type=pathlib.Path)
    parser.add_argument("--table", type=pathlib.Path, help="prints the rows of this file")
    arguments = parser.parse_args()
    if arguments.table:
        cells = [json.loads(line) for line in arguments.table.read_text("utf-8").splitlines()]
        print(json.dumps({"columns": COLUMNS, "rows": [row(one) for one in cells]}, indent=1))
        return
    arguments.name = arguments.name or (arguments.model or arguments.marian).name
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        cell = measure(arguments, arguments.keep)
    else:
        with tempfile.TemporaryDirectory(prefix="translate-") as folder:
            cell = measure(arguments, pathlib.Path(folder))
    print(" | ".join(row(cell)), "|", cell["way"], cell["tokens"], cell["machine"], flush=True)
    if arguments.out:
        with arguments.out.open("a", encoding="utf-8") as out:
            out.write(json.dumps(cell) + "\n")


if __name__ == "__main__":
    main()
