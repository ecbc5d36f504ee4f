#!/usr/bin/env python3
"""The work of `./yuqiao bench train` done by PyTorch, eager, on the CPU.

Reads a folder that `./yuqiao bench train --export DIR` has written (model sizes, batches as token ids, initial weights)
and takes the same training steps: forward, label-smoothed cross-entropy, backward, clipping by the global norm, Adam.
The model is made of torch.nn's own Transformer layers, which PyTorch has tuned: one matmul for Q, K and V, and
scaled_dot_product_attention. Needs nothing but torch.

    python train_pytorch.py DIR [--threads 2] [--warm-up 10] [--seconds 20] [--adam default|fused]

Prints one JSON object with the keys of `./yuqiao bench train --json`.
"""

import argparse
import json
import math
import os
import statistics
import struct
import time
import warnings

warnings.filterwarnings("ignore", message="Failed to initialize NumPy")

import torch
from torch import nn
from torch.nn import functional

BOS, EOS = 1, 2
LOSSES = 3


class Translation(nn.Module):
    """Encoder-decoder with pre-norm and the output layer tied to the target embedding."""

    def __init__(self, size, dropout, source_vocabulary, target_vocabulary):
        super().__init__()
        d, f, layers, heads = size["hiddenSize"], size["feedForwardSize"], size["layers"], size["heads"]
        self.scale = math.sqrt(d)
        self.source = nn.Embedding(source_vocabulary, d)
        self.target = nn.Embedding(target_vocabulary, d)
        options = dict(dropout=dropout, activation="relu", batch_first=True, norm_first=True)
        self.encoder = nn.TransformerEncoder(
            nn.TransformerEncoderLayer(d, heads, f, **options), layers, nn.LayerNorm(d), enable_nested_tensor=False
        )
        self.decoder = nn.TransformerDecoder(nn.TransformerDecoderLayer(d, heads, f, **options), layers, nn.LayerNorm(d))
        self.dropout = nn.Dropout(dropout)
        self.register_buffer("positions", sinusoids(256, d), persistent=False)

    def embed(self, table, ids):
        return self.dropout(table(ids) * self.scale + self.positions[: ids.shape[1]])

    def forward(self, source, source_padding, target, target_padding):
        memory = self.encoder(self.embed(self.source, source), src_key_padding_mask=source_padding)
        length = target.shape[1]
        causal = torch.ones(length, length, dtype=torch.bool).triu(1)
        states = self.decoder(
            self.embed(self.target, target),
            memory,
            tgt_mask=causal,
            tgt_is_causal=target_padding is None,
            tgt_key_padding_mask=target_padding,
            memory_key_padding_mask=source_padding,
        )
        return functional.linear(states, self.target.weight)


def sinusoids(count, hidden_size):
    positions = torch.arange(count, dtype=torch.float64).unsqueeze(1)
    even = torch.arange(0, hidden_size, 2, dtype=torch.float64)
    angles = positions / torch.pow(torch.tensor(10000.0, dtype=torch.float64), even / hidden_size)
    return torch.stack((angles.sin(), angles.cos()), dim=2).reshape(count, hidden_size).float()


def read_safetensors(path):
    """All tensors of a safetensors file; float32 only."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        return {
            name: torch.frombuffer(bytearray(file.read(end - start)), dtype=torch.float32).reshape(entry["shape"])
            for name, entry in header.items()
            for start, end in [entry["data_offsets"]]
        }


def load(model, weights):
    """Copies the exported weights; every weight must be used exactly once."""
    taken = set()

    def take(name, transposed=False):
        taken.add(name)
        return weights[name].t() if transposed else weights[name]

    def norm(place, name):
        place.weight.copy_(take(name + ".gain"))
        place.bias.copy_(take(name + ".bias"))

    def linear(place, name):
        place.weight.copy_(take(name + ".weight", True))
        place.bias.copy_(take(name + ".bias"))

    def attention(place, name):
        parts = [name + "." + part for part in ("query", "key", "value")]
        place.in_proj_weight.copy_(torch.cat([take(part + ".weight", True) for part in parts]))
        place.in_proj_bias.copy_(torch.cat([take(part + ".bias") for part in parts]))
        linear(place.out_proj, name + ".output")

    with torch.no_grad():
        model.source.weight.copy_(take("encoder.embedding"))
        model.target.weight.copy_(take("decoder.embedding"))
        for side, stack in (("encoder", model.encoder), ("decoder", model.decoder)):
            norm(stack.norm, side + ".norm")
            for i, layer in enumerate(stack.layers):
                name = f"{side}.{i}"
                attention(layer.self_attn, name + ".self")
                norm(layer.norm1, name + ".self.norm")
                if side == "decoder":
                    attention(layer.multihead_attn, name + ".cross")
                    norm(layer.norm2, name + ".cross.norm")
                norm(layer.norm3 if side == "decoder" else layer.norm2, name + ".feedForward.norm")
                linear(layer.linear1, name + ".feedForward.in")
                linear(layer.linear2, name + ".feedForward.out")
    assert taken == set(weights), sorted(set(weights) - taken)


def padded(pairs):
    """Token ids of both sides; masks are None without padding, which is faster in PyTorch."""
    sources = [pair["source"] + [EOS] for pair in pairs]
    inputs = [[BOS] + pair["target"] for pair in pairs]
    outputs = [pair["target"] + [EOS] for pair in pairs]

    def tensor(rows, fill):
        longest = max(map(len, rows))
        return torch.tensor([row + [fill] * (longest - len(row)) for row in rows])

    def mask(rows):
        lengths = torch.tensor([len(row) for row in rows])
        hidden = torch.arange(int(lengths.max()))[None, :] >= lengths[:, None]
        return hidden if hidden.any() else None

    return tensor(sources, 0), mask(sources), tensor(inputs, 0), mask(inputs), tensor(outputs, -100)


def peak_mebibytes():
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) >> 10
    return 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--warm-up", type=float, default=10)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--adam", choices=["default", "fused"], default="default")
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    torch.manual_seed(1)

    with open(os.path.join(arguments.folder, "workload.json")) as file:
        workload = json.load(file)
    model = Translation(
        workload["size"], workload["dropout"], workload["sourceVocabulary"], workload["targetVocabulary"]
    )
    load(model, read_safetensors(os.path.join(arguments.folder, "weights.safetensors")))
    model.train()
    options = {"fused": True} if arguments.adam == "fused" else {}
    adam = torch.optim.Adam(model.parameters(), lr=workload["learningRate"], betas=(0.9, 0.98), eps=1e-9, **options)
    batches = workload["batches"]

    seconds, tokens, losses, norms = [], 0, [], []
    elapsed = -arguments.warm_up
    step = 0
    while elapsed < arguments.seconds or len(seconds) < LOSSES:
        pairs = batches[step % len(batches)]
        begun = time.perf_counter()
        source, source_padding, target, target_padding, labels = padded(pairs)
        targets = sum(len(pair["target"]) + 1 for pair in pairs)
        adam.zero_grad(set_to_none=True)
        logits = model(source, source_padding, target, target_padding)
        loss = functional.cross_entropy(
            logits.flatten(0, 1),
            labels.flatten(),
            ignore_index=-100,
            label_smoothing=workload["labelSmoothing"],
            reduction="sum",
        )
        loss = loss / targets
        loss.backward()
        norm = nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        adam.step()
        value = loss.item()
        taken = time.perf_counter() - begun
        if elapsed >= 0 and step >= LOSSES:
            seconds.append(taken)
            tokens += targets + sum(len(pair["source"]) + 1 for pair in pairs)
        if step < LOSSES:
            losses.append(value)
            norms.append(norm.item())
        elapsed += taken
        step += 1
    seconds.sort()
    print(
        json.dumps(
            {
                "backend": f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads, {arguments.adam} Adam",
                "parameters": sum(p.numel() for p in model.parameters()),
                "steps": len(seconds),
                "tokensPerSecond": tokens / sum(seconds),
                "msPerStep": 1000 * statistics.median(seconds),
                "msLowerQuartile": 1000 * seconds[len(seconds) // 4],
                "msUpperQuartile": 1000 * seconds[len(seconds) * 3 // 4],
                "peakMemoryMb": peak_mebibytes(),
                "losses": losses,
                "gradientNorms": norms,
            }
        )
    )


if __name__ == "__main__":
    main()
