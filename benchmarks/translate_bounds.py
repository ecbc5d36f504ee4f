"""What PyTorch's products allow: translating with floats when everything but the products of matrices takes no time.

    python benchmarks/translate_bounds.py [--size base|small] [--words]

Makes the products of a translation of that size (base: that of `bench translate --size base`; small: the README's model and
Tatoeba's test set, on average) and nothing else, with PyTorch and two threads: in batches as fast as its products are, one
by one as fast as the weights can be read. With --words the output layer is left out, of which greedy search for words alone
needs little. Prints sentences a second, to be compared with those of `translate_compare.py`
in the same minutes. Needs torch, nothing else.
"""

import argparse
import time

import torch

SENTENCES = 256
# Width, inner width, layers of each stack, vocabulary; tokens of a source and of a translation with their ends, on average.
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
    parser.add_argument("--words", action="store_true", help="without the output layer")
    arguments = parser.parse_args()
    width, inner, layers, vocabulary, source, steps = SIZES[arguments.size]
    torch.set_num_threads(2)
    square = (width, width)
    network = [(width, inner), (inner, width)]
    once = matrices(layers * ([square] * 4 + network) + layers * [square] * 2)  # encoder, keys and values of the source
    output = [] if arguments.words else [(width, vocabulary)]
    each = matrices(layers * ([square] * 6 + network) + output)  # decoder and output, for each token
    numbers = sum(weight.numel() for weight in each)
    batch = median_seconds(multiply(SENTENCES * source, once)) + steps * median_seconds(multiply(SENTENCES, each))
    done = 2 * SENTENCES * (source * sum(weight.numel() for weight in once) + steps * numbers)
    print(f"products alone, {SENTENCES} rows at once: {SENTENCES / batch:.1f} sentences/s, {done / batch / 1e9:.0f} GFLOP/s")
    memory = torch.rand(numbers)
    speed = memory.numel() * 4 / median_seconds(memory.sum, repeat=21)
    print(f"reading as much as a token needs, {numbers * 4 / 1e6:.0f} MB, over and over: {speed / 1e9:.1f} GB/s")
    print(f"reading the weights alone, one by one: {speed / (numbers * 4 * steps):.1f} sentences/s")


if __name__ == "__main__":
    main()
