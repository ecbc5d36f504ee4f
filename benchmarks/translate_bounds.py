"""What nobody can beat: translating with floats when everything but the products of matrices takes no time.

    python benchmarks/translate_bounds.py

Makes the products of a translation of the base size (`bench translate --size base`) and nothing else, with PyTorch and
two threads: in batches as fast as its products are, one by one as fast as the weights can be read. Prints sentences a
second, to be compared with those of `translate_compare.py --size base` in the same minutes. Needs torch, nothing else.
"""

import time

import torch

WIDTH, INNER, LAYERS, VOCABULARY = 512, 2048, 6, 16000
SOURCE, STEPS = 13, 37  # tokens of a source and of a translation with their ends, on average
SENTENCES = 256


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
    torch.set_num_threads(2)
    square = (WIDTH, WIDTH)
    network = [(WIDTH, INNER), (INNER, WIDTH)]
    once = matrices(LAYERS * ([square] * 4 + network) + LAYERS * [square] * 2)  # encoder, keys and values of the source
    each = matrices(LAYERS * ([square] * 6 + network) + [(WIDTH, VOCABULARY)])  # decoder and output, for each token
    numbers = sum(weight.numel() for weight in each)
    batch = median_seconds(multiply(SENTENCES * SOURCE, once)) + STEPS * median_seconds(multiply(SENTENCES, each))
    done = 2 * SENTENCES * (SOURCE * sum(weight.numel() for weight in once) + STEPS * numbers)
    print(f"products alone, {SENTENCES} rows at once: {SENTENCES / batch:.1f} sentences/s, {done / batch / 1e9:.0f} GFLOP/s")
    memory = torch.rand(60_000_000)
    speed = memory.numel() * 4 / median_seconds(memory.sum, repeat=21)
    print(f"reading memory: {speed / 1e9:.1f} GB/s; each token needs {numbers * 4 / 1e6:.0f} MB")
    print(f"reading the weights alone, one by one: {speed / (numbers * 4 * STEPS):.1f} sentences/s")


if __name__ == "__main__":
    main()
