"""Translates the sentences of a folder written by `./yuqiao bench translate --export DIR` in eager PyTorch.

The model is the one in the folder, the same weights and token ids; keys and values are cached; sentences are
sorted by length and batched by tokens; finished ones leave the batch; matmuls run on all threads given.
Greedy and beam search choose as Yuqiao does (2 x beam candidates, GNMT length penalty 1, translations of at most
twice the source and ten tokens), so the translations can be compared. Prints one JSON object.

    python benchmarks/translate_pytorch.py --folder DIR --beam 1,4 --batch 0,1 --threads 2
"""

import argparse
import json
import math
import statistics
import struct
import sys
import time

import torch
import torch.nn.functional as F

from interleaved import peak_memory

PAD, BOS, EOS, UNK = 0, 1, 2, 3
NEVER = float("-inf")


def load(path):
    """All tensors of a safetensors file."""
    data = open(path, "rb").read()
    length = struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8 : 8 + length])
    tensors = {}
    for name, entry in header.items():
        if name == "__metadata__":
            continue
        begin, end = entry["data_offsets"]
        piece = bytearray(data[8 + length + begin : 8 + length + end])
        tensors[name] = torch.frombuffer(piece, dtype=torch.float32).reshape(entry["shape"])
    return tensors


class Model:
    """A pre-norm or post-norm Transformer with sinusoidal positions and tied output."""

    def __init__(self, folder):
        description = json.load(open(folder + "/benchmark.json"))
        settings = description["model"]
        assert settings["positions"] == "SINUSOIDAL" and settings["weightTying"] == "TARGET", settings
        self.description = description
        self.width = settings["hiddenSize"]
        self.heads = settings["attention"]["heads"]
        self.encoder_layers = settings["encoderLayers"]
        self.decoder_layers = settings["decoderLayers"]
        self.pre = settings["layerNorm"] == "PRE"
        self.longest = settings["maxPositions"]
        self.weights = load(folder + "/model.safetensors")
        # F.linear wants [O, I].
        for name in list(self.weights):
            if name.endswith(".weight"):
                self.weights[name] = self.weights[name].t().contiguous()
        position = torch.arange(self.longest, dtype=torch.float64)[:, None]
        column = torch.arange(self.width)[None, :]
        angle = position / 10000 ** ((column - column % 2).double() / self.width)
        self.positions = torch.where(column % 2 == 0, angle.sin(), angle.cos()).float()

    def linear(self, name, x):
        return F.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])

    def norm(self, name, x):
        return F.layer_norm(x, (self.width,), self.weights[name + ".gain"], self.weights[name + ".bias"], 1e-5)

    def residual(self, name, x, sublayer):
        if self.pre:
            return x + sublayer(self.norm(name + ".norm", x))
        return self.norm(name + ".norm", x + sublayer(x))

    def split(self, x):
        return x.view(x.shape[0], x.shape[1], self.heads, -1).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).reshape(x.shape[0], x.shape[2], self.width)

    def feed_forward(self, name, x):
        return self.residual(name, x, lambda y: self.linear(name + ".out", F.relu(self.linear(name + ".in", y))))

    def encode(self, ids, mask):
        x = F.embedding(ids, self.weights["encoder.embedding"]) * math.sqrt(self.width) + self.positions[: ids.shape[1]]
        for i in range(self.encoder_layers):
            name = f"encoder.{i}.self"

            def attend(y):
                q, k, v = (self.split(self.linear(f"{name}.{part}", y)) for part in ("query", "key", "value"))
                return self.linear(name + ".output", self.join(F.scaled_dot_product_attention(q, k, v, mask)))

            x = self.residual(name, x, attend)
            x = self.feed_forward(f"encoder.{i}.feedForward", x)
        return self.norm("encoder.norm", x) if self.pre else x

    def memory(self, x):
        return [
            [self.split(self.linear(f"decoder.{i}.cross.{part}", x)) for part in ("key", "value")]
            for i in range(self.decoder_layers)
        ]

    def step(self, ids, t, caches, memory, mask):
        """Logits [B, V] after token t of every row; caches [B, H, T, D / H] are extended in place."""
        x = F.embedding(ids, self.weights["decoder.embedding"]) * math.sqrt(self.width) + self.positions[t]
        x = x[:, None, :]
        for i in range(self.decoder_layers):
            name = f"decoder.{i}.self"

            def attend(y):
                caches[i][0][:, :, t] = self.split(self.linear(name + ".key", y))[:, :, 0]
                caches[i][1][:, :, t] = self.split(self.linear(name + ".value", y))[:, :, 0]
                q = self.split(self.linear(name + ".query", y))
                seen = F.scaled_dot_product_attention(q, caches[i][0][:, :, : t + 1], caches[i][1][:, :, : t + 1])
                return self.linear(name + ".output", self.join(seen))

            x = self.residual(name, x, attend)
            cross = f"decoder.{i}.cross"

            def look(y):
                # The hypotheses of a sentence share its memory: they are queries of one attention.
                q = self.linear(cross + ".query", y).view(memory[i][0].shape[0], -1, self.width)
                seen = F.scaled_dot_product_attention(self.split(q), memory[i][0], memory[i][1], mask)
                return self.linear(cross + ".output", self.join(seen).view(y.shape))

            x = self.residual(cross, x, look)
            x = self.feed_forward(f"decoder.{i}.feedForward", x)
        x = self.norm("decoder.norm", x) if self.pre else x
        return F.linear(x[:, 0], self.weights["decoder.embedding"])


class Batch:
    """Sentences translated together, with `beam` rows each."""

    def __init__(self, model, sources, beam):
        self.model, self.beam = model, beam
        longest = max(map(len, sources)) + 1
        ids = torch.full((len(sources), longest), PAD)
        for row, source in enumerate(sources):
            ids[row, : len(source) + 1] = torch.tensor(source + [EOS])
        lengths = torch.tensor([len(source) + 1 for source in sources])
        self.mask = (torch.arange(longest)[None, :] < lengths[:, None])[:, None, None, :]
        self.memory = model.memory(model.encode(ids, self.mask))
        self.limits = torch.tensor([min(model.longest - 1, 2 * len(source) + 10) for source in sources])
        rows = len(sources) * beam
        steps = int(self.limits.max()) + 1
        shape = (rows, model.heads, steps, model.width // model.heads)
        self.caches = [[torch.empty(shape), torch.empty(shape)] for _ in range(model.decoder_layers)]

    def allowed(self, scores, t):
        scores[:, PAD] = scores[:, BOS] = scores[:, UNK] = NEVER
        if t == 0:
            scores[:, EOS] = NEVER
        full = (self.limits <= t).repeat_interleave(self.beam)
        if full.any():
            kept = scores[full, EOS]
            scores[full] = NEVER
            scores[full, EOS] = kept
        return scores

    def keep(self, sentences, rows):
        """Selects the given sentences and rows, in that order."""
        if rows is not None:
            for pair in self.caches:
                pair[0], pair[1] = pair[0].index_select(0, rows), pair[1].index_select(0, rows)
        if sentences is not None:
            for pair in self.memory:
                pair[0], pair[1] = pair[0].index_select(0, sentences), pair[1].index_select(0, sentences)
            self.mask = self.mask.index_select(0, sentences)
            self.limits = self.limits.index_select(0, sentences)


def greedy(model, sources):
    """Takes the argmax of the logits; no softmax, and no step at the length limit."""
    batch = Batch(model, sources, 1)
    live = list(range(len(sources)))
    results = [[] for _ in sources]
    tokens = torch.full((len(sources),), BOS)
    t = 0
    while live:
        scores = batch.allowed(model.step(tokens, t, batch.caches, batch.memory, batch.mask), t)
        tokens = scores.argmax(-1)
        chosen = tokens.tolist()
        going = [row for row, token in enumerate(chosen) if token != EOS]
        for row in going:
            results[live[row]].append(chosen[row])
        limits = batch.limits.tolist()
        kept = [row for row in going if t + 1 < limits[row]]
        if len(kept) < len(live):
            index = torch.tensor(kept, dtype=torch.long)
            tokens = tokens[index]
            batch.keep(index, index)
            live = [live[row] for row in kept]
        t += 1
    return results


def penalty(length):
    return (5.0 + length + 1) / 6.0


def beam_search(model, sources, beam):
    batch = Batch(model, sources, beam)
    live = list(range(len(sources)))
    ended = [[] for _ in sources]
    prefixes = [[[]] * beam for _ in sources]
    sums = torch.full((len(sources), beam), NEVER)
    sums[:, 0] = 0
    tokens = torch.full((len(sources) * beam,), BOS)
    t = 0
    while live:
        logits = model.step(tokens, t, batch.caches, batch.memory, batch.mask)
        scores = batch.allowed(F.log_softmax(logits, -1), t)
        vocabulary = scores.shape[1]
        total = (scores.view(len(live), beam, vocabulary) + sums[:, :, None]).view(len(live), -1)
        values, places = total.topk(2 * beam)
        values_list, places_list = values.tolist(), places.tolist()
        kept, rows, new_tokens, new_sums, new_prefixes = [], [], [], [], []
        for s, number in enumerate(live):
            own_rows, own_tokens, own_sums, own_prefixes = [], [], [], []
            for rank, (value, place) in enumerate(zip(values_list[s], places_list[s])):
                if value == NEVER or len(own_rows) == beam:
                    break
                row, token = divmod(place, vocabulary)
                if token == EOS:
                    if rank < beam:
                        prefix = prefixes[s][row]
                        ended[number].append((value / penalty(len(prefix)), prefix))
                else:
                    own_rows.append(s * beam + row)
                    own_tokens.append(token)
                    own_sums.append(value)
                    own_prefixes.append(prefixes[s][row] + [token])
            done = not own_rows or len(ended[number]) >= beam
            if not done and ended[number]:
                done = max(ended[number])[0] >= max(own_sums) / penalty(int(batch.limits[s]))
            if not done:
                missing = beam - len(own_rows)
                kept.append(s)
                rows += own_rows + own_rows[-1:] * missing
                new_tokens += own_tokens + own_tokens[-1:] * missing
                new_sums.append(own_sums + [NEVER] * missing)
                new_prefixes.append(own_prefixes + own_prefixes[-1:] * missing)
        batch.keep(torch.tensor(kept, dtype=torch.long) if len(kept) < len(live) else None, torch.tensor(rows, dtype=torch.long))
        live = [live[s] for s in kept]
        tokens, sums, prefixes = torch.tensor(new_tokens), torch.tensor(new_sums), new_prefixes
        t += 1
    return [max(found, key=lambda one: one[0])[1] for found in ended]


def batches(sources, beam, most):
    """Indices of the sentences of each batch, longest first, as Yuqiao groups them."""
    order = sorted(range(len(sources)), key=lambda i: -len(sources[i]))
    tokens = 3000 if most == 0 else max(3000, 1000 * most)
    at = 0
    while at < len(order):
        size = max(1, min(most or 256, tokens // ((len(sources[order[at]]) + 1) * beam)))
        yield order[at : at + size]
        at += size


def translate(model, sources, beam, most):
    results = [None] * len(sources)
    for numbers in batches(sources, beam, most):
        some = [sources[i] for i in numbers]
        found = greedy(model, some) if beam == 1 else beam_search(model, some, beam)
        for number, tokens in zip(numbers, found):
            results[number] = tokens
    return results


def turns():
    """One item per line of standard input."""
    print("ready", flush=True)
    return iter(sys.stdin.readline, "")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--beam", default="1,4")
    parser.add_argument("--batch", default="0,1", help="maximum sentences per batch; 0: limited by tokens only")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=2, help="seconds, at least one pass")
    parser.add_argument("--repeat", type=int, default=1, help="repetitions; the median is reported")
    parser.add_argument("--interleaved", action="store_true", help="instead of --repeat: one repetition per line of standard input")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    model = Model(arguments.folder)
    sources = model.description["sources"]
    sources = sources[: arguments.limit] if arguments.limit else sources
    expected = {one["beam"]: one["tokens"] for one in model.description["translations"]}
    results = []
    with torch.inference_mode():
        for beam in map(int, arguments.beam.split(",")):
            for most in map(int, arguments.batch.split(",")):
                start = time.perf_counter()
                while True:
                    found = translate(model, sources, beam, most)
                    if time.perf_counter() - start >= arguments.warm_up:
                        break
                times = []
                for _ in turns() if arguments.interleaved else range(arguments.repeat):
                    begun = time.perf_counter()
                    found = translate(model, sources, beam, most)
                    times.append(time.perf_counter() - begun)
                    if arguments.interleaved:
                        print(times[-1], flush=True)
                seconds = statistics.median(times)
                same = sum(a == b for a, b in zip(found, expected.get(beam, [])))
                results.append(
                    {
                        "beam": beam,
                        "batch": most,
                        "sentences": len(sources),
                        "tokens": sum(map(len, found)),
                        "seconds": seconds,
                        "sentencesPerSecond": len(sources) / seconds,
                        "sameTranslations": same,
                    }
                )
    print(json.dumps({"torch": torch.__version__, "peakMemoryBytes": peak_memory(), "results": results}))


if __name__ == "__main__":
    main()
