"""Makes tiny students in the binary format of the Marian toolkit, for StudentImportTest.

Versions: numpy 2.4.6, sentencepiece 0.2.3. Usage: python make_student.py (writes the folder `student` beside itself);
then `npm install @browsermt/bergamot-translator@0.4.9` and `node translate_student.cjs` in that folder's parent write
`student/expected.json` with the translations of the WebAssembly engine of Firefox Translations.

The weights are random, written as float32 and as int8 of intgemm with a scale for each activation.
"""

import gzip
import itertools
import random
import shutil
import struct
from pathlib import Path

import numpy as np
import sentencepiece

HERE = Path(__file__).parent / "student"
D, F, HEADS, ENCODER, DECODER, V = 32, 64, 4, 2, 2, 96
FLOAT32, INT8, INTGEMM8 = 0x404, 0x101, 0x4101
WORDS = ["我", "你", "他们", "今天", "喜欢", "看见", "苹果", "两本书", "那只猫", "茶", "北京",
         "I", "you", "they", "today", "like", "see", "apples", "two books", "that cat", "tea", "Beijing"]

CONFIG = f"""dec-cell: ssru
dec-cell-base-depth: 2
dec-cell-high-depth: 1
dec-depth: {DECODER}
dim-emb: {D}
dim-rnn: 1024
dim-vocabs:
  - {V}
  - {V}
enc-cell: gru
enc-cell-depth: 1
enc-depth: {ENCODER}
enc-type: bidirectional
factors-combine: sum
factors-dim-emb: 0
input-types:
  []
layer-normalization: false
lemma-dependency: ""
lemma-dim-emb: 0
output-omit-bias: false
right-left: false
skip: false
tied-embeddings: false
tied-embeddings-all: true
tied-embeddings-src: false
transformer-decoder-autoreg: rnn
transformer-dim-ffn: {F}
transformer-ffn-activation: relu
transformer-ffn-depth: 2
transformer-guided-alignment-layer: last
transformer-heads: {HEADS}
transformer-no-projection: false
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-preprocess: ""
transformer-tied-layers:
  []
transformer-train-position-embeddings: false
type: transformer
ulr: false
ulr-dim-emb: 0
ulr-trainable-transformation: false
version: v1.9.56 6bbb419 2021-01-25 15:01:33 +0000
"""


def tensors(rng):
    def matrix(rows, columns, scale=1.0):
        return (rng.normal(size=(rows, columns)) * scale / np.sqrt(rows)).astype(np.float32)

    def bias(columns):
        return (rng.normal(size=(1, columns)) * 0.1).astype(np.float32)

    def norm(prefix):
        return {f"{prefix}_ln_scale": (1 + bias(D)), f"{prefix}_ln_bias": bias(D)}

    def attention(prefix):
        parts = {}
        for part in "qkvo":
            parts[f"{prefix}_W{part}"] = matrix(D, D, 1.5)
            parts[f"{prefix}_b{part}"] = bias(D)
        return parts | norm(f"{prefix}_Wo")

    def network(prefix):
        return {f"{prefix}_W1": matrix(D, F, 1.5), f"{prefix}_b1": bias(F), f"{prefix}_W2": matrix(F, D, 1.5),
                f"{prefix}_b2": bias(D)} | norm(f"{prefix}_ffn")

    all_ = {"Wemb": (rng.normal(size=(V, D)) / np.sqrt(D)).astype(np.float32)}
    for i in range(1, ENCODER + 1):
        all_ |= attention(f"encoder_l{i}_self") | network(f"encoder_l{i}_ffn")
    for i in range(1, DECODER + 1):
        rnn = f"decoder_l{i}_rnn"
        all_ |= {f"{rnn}_W": matrix(D, D, 1.5), f"{rnn}_Wf": matrix(D, D, 1.5), f"{rnn}_bf": bias(D)}
        all_ |= norm(f"{rnn}_ffn") | attention(f"decoder_l{i}_context") | network(f"decoder_l{i}_ffn")
    output = bias(V)
    output[0, 0] = 2.0  # translations should end
    return all_ | {"decoder_ff_logit_out_b": output}


def is_matrix(name):
    return name == "Wemb" or "_W" in name and "_ln_" not in name


def quantized(name, weights):
    """int8, transposed but for the embeddings, then the multiplier as float32."""
    multiplier = np.float32(127 / np.abs(weights).max())
    rounded = np.clip(np.rint(weights * multiplier), -127, 127).astype(np.int8)
    return (rounded if name == "Wemb" else rounded.T).tobytes() + struct.pack("<f", multiplier)


def items(weights, int8):
    for name, values in weights.items():
        if int8 and is_matrix(name):
            yield name, INTGEMM8, values.shape, quantized(name, values)
            for alpha in (name, "none") if name == "Wemb" else (name,):  # "none": with a shortlist
                yield f"{alpha}_QuantMultA", FLOAT32, (1, 1), struct.pack("<f", 127 / 6)
        else:
            yield name, FLOAT32, values.shape, values.tobytes()
    text = CONFIG.encode() + b"\0"
    yield "special:model.yml", INT8, (len(text),), text


def binary(entries):
    """The file: version, headers, names, shapes, a gap to a multiple of 256 bytes, data in such multiples."""
    entries = [(name.encode() + b"\0", type_, shape, data + bytes(-len(data) % 256))
               for name, type_, shape, data in entries]
    out = struct.pack("<QQ", 1, len(entries))
    for name, type_, shape, data in entries:
        out += struct.pack("<QQQQ", len(name), type_, len(shape), len(data))
    out += b"".join(name for name, *_ in entries)
    out += b"".join(struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in entries)
    gap = 256 - (len(out) + 8) % 256
    return out + struct.pack("<Q", gap) + bytes(gap) + b"".join(data for *_, data in entries)


def main():
    shutil.rmtree(HERE, ignore_errors=True)
    HERE.mkdir()
    draw = random.Random(3)
    text = ["".join(c) if ord(c[0][0]) > 255 else " ".join(c) for c in
            (draw.choices(WORDS[:11] if k % 2 else WORDS[11:], k=5) for k in range(400))]
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text), model_prefix=str(HERE / "vocab.zhen"), vocab_size=V, model_type="unigram",
        character_coverage=1.0, bos_id=-1, eos_id=0, unk_id=1, pad_id=-1,
        normalization_rule_name="identity", num_threads=1, minloglevel=2)
    spm = (HERE / "vocab.zhen.model").read_bytes()
    (HERE / "vocab.zhen.model").unlink()
    (HERE / "vocab.zhen.vocab").unlink()
    with gzip.GzipFile(HERE / "vocab.zhen.spm.gz", "wb", mtime=0) as out:
        out.write(spm)
    weights = tensors(np.random.default_rng(5))
    for name, int8 in (("model.zhen.bin", False), ("model.zhen.intgemm.alphas.bin", True)):
        with gzip.GzipFile(HERE / f"{name}.gz", "wb", mtime=0) as out:
            out.write(binary(items(weights, int8)))
    lines = ["".join(draw.choices(WORDS[:11], k=draw.randint(1, 7))) for _ in range(200)]
    (HERE / "sources.txt").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


if __name__ == "__main__":
    main()
