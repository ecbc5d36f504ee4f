"""Upper bound of float32 translation throughput with PyTorch: matmuls only, everything else free.

    python benchmarks/translate_bounds.py [--size base|small] [--without-output]

Runs the matmuls of a translation of that size (base: `bench translate --size base`; small: the model of the README on
average Tatoeba sentences) with PyTorch and two threads: in batches bounded by compute, one by one bounded by reading
the weights. With --without-output the output layer is left out. Prints sentences per second, to be compared with
`translate_compare.py` in the same minutes. Needs torch, nothing else.
"""

import argparse
import time

import torch

SENTENCES = 256
# Hidden size, feed-forward size, layers of each stack, vocabulary; mean tokens of a source and of a translation with <eos>.
SIZES = {"base": (512, 2048, 6, 16000, 13, 37), "small": (256, 1024, 3, 4000, 9, 8)}


def median_seconds(work, repeat=5):
    work()
    times = []
    for _ in range(repeat):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return sorted(times)[repeat // 2]


def matrices(shapes):
    return [torch.rand(inputs, outputs) for inputs, outputs in shapes]


def multiply(rows, weights):
    inputs = {weight.shape[0]: torch.rand(rows, weight.shape[0]) for weight in weights}
    return lambda: [torch.mm(inputs[weight.shape[0]], weight) for weight in weights]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, default="base")
    parser.add_argument("--without-output", action="store_true", help="without the output layer")
    arguments = parser.parse_args()
    hidden, feed_forward, layers, vocabulary, source, steps = SIZES[arguments.size]
    torch.set_num_threads(2)
    square = (hidden, hidden)
    network = [(hidden, feed_forward), (feed_forward, hidden)]
    once = matrices(layers * ([square] * 4 + network) + layers * [square] * 2)  # encoder, keys and values of the source
    output = [] if arguments.without_output else [(hidden, vocabulary)]
    each = matrices(layers * ([square] * 6 + network) + output)  # decoder and output, per token
    numbers = sum(weight.numel() for weight in each)
    batch = median_seconds(multiply(SENTENCES * source, once)) + steps * median_seconds(multiply(SENTENCES, each))
    done = 2 * SENTENCES * (source * sum(weight.numel() for weight in once) + steps * numbers)
    print(f"matmuls only, {SENTENCES} sentences per batch: {SENTENCES / batch:.1f} sentences/s, {done / batch / 1e9:.0f} GFLOP/s")
    memory = torch.rand(numbers)
    speed = memory.numel() * 4 / median_seconds(memory.sum, repeat=21)
    print(f"reading the weights of one step, {numbers * 4 / 1e6:.0f} MB: {speed / 1e9:.1f} GB/s")
    print(f"reading weights only, one sentence at a time: {speed / (numbers * 4 * steps):.1f} sentences/s")


if __name__ == "__main__":
    main()
