"""What the machine can do this minute: the speed of large matmuls in float32 and int8, and of reading memory.

    python benchmarks/machine_speed.py                  # prints GFLOP/s, int8 GOP/s and GB/s of two threads
    python benchmarks/machine_speed.py --interleaved    # takes turns with others

The best of MKL and oneDNN, as PyTorch calls them, counts; matrices are 1,024 x 2,048 x 2,048, and 256 MiB are read.
Needs torch, nothing else.
"""

import argparse
import json
import statistics
import time

import torch

from interleaved import serve

ROWS, INPUTS, OUTPUTS = 1024, 2048, 2048
OPERATIONS = 2 * ROWS * INPUTS * OUTPUTS
MEMORY = 256 * 2**20


def kernels():
    """Name of each speed, amount of work in billions, and ways to do it."""
    x, w = torch.rand(ROWS, INPUTS), torch.rand(OUTPUTS, INPUTS)
    transposed = w.t().contiguous()
    bytes_x = torch.randint(0, 127, (ROWS, INPUTS), dtype=torch.uint8)
    bytes_w = torch.randint(-127, 127, (OUTPUTS, INPUTS), dtype=torch.int8)
    packed = torch.ops.onednn.qlinear_prepack(bytes_w, None)
    scales, zeros = torch.ones(OUTPUTS), torch.zeros(OUTPUTS, dtype=torch.int64)
    memory = torch.zeros(MEMORY // 4)

    def int8():
        torch.ops.onednn.qlinear_pointwise(
            bytes_x, 1.0, 0, packed, scales, zeros, None, 1.0, 0, torch.float32, "none", [], ""
        )

    float32 = [
        lambda: torch.mm(x, transposed),
        lambda: torch.ops.mkldnn._linear_pointwise(x, w, None, "none", [], ""),
    ]
    return [
        ("float32", OPERATIONS / 1e9, float32),
        ("int8", OPERATIONS / 1e9, [int8]),
        ("memory", MEMORY / 1e9, [memory.sum]),
    ]


def fastest(work, repeat=4):
    times = []
    for _ in range(repeat):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--interleaved", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    measured = kernels()
    found = {name: [] for name, _, _ in measured}

    def measure():
        for name, amount, ways in measured:
            found[name].append(amount / min(fastest(way) for way in ways))

    if arguments.interleaved:
        serve(measure, 1)
    else:
        for _ in range(5):
            measure()
    print(json.dumps({name: statistics.median(speeds[1:]) for name, speeds in found.items()}))


if __name__ == "__main__":
    main()
