"""Makes a Marian model with random weights for `./yuqiao import`, and sentences for it.

    python benchmarks/random_marian.py --size opus-mt --out FOLDER

base: D 512, F 2,048, 6 + 6 layers, 8 heads, V 16,000. opus-mt: the same with V 65,001 and swish, the size of the models
of OPUS-MT. All embeddings are one matrix, and the bias of <eos> keeps translations at their longest. A sentence has 12
tokens, each a word of its own (sentences.tsv). Needs transformers and torch.
"""

import argparse
import json
import pathlib
import random

import torch
from transformers import MarianConfig, MarianMTModel

SIZES = {"base": (16_000, "relu"), "opus-mt": (65_001, "swish")}
LENGTH = 12
EOS, UNKNOWN, CONTROL = 0, 2, 3


def word(number):
    """Five letters."""
    return "".join(chr(ord("a") + number // 26**place % 26) for place in range(5))


def field(number, content):
    """A length-delimited field of Protocol Buffers."""
    size, length = len(content), b""
    while size > 127:
        length += bytes([size & 127 | 128])
        size >>= 7
    return bytes([number << 3 | 2]) + length + bytes([size]) + content


def piece(text, kind=1):
    score = b"\x15" + b"\0\0\0\0"  # float32 0
    return field(1, field(1, text.encode()) + score + b"\x18" + bytes([kind]))


def sentencepiece(words):
    """A SentencePiece model of whole words."""
    special = piece("<unk>", UNKNOWN) + piece("<s>", CONTROL) + piece("</s>", CONTROL)
    return special + b"".join(piece("▁" + one) for one in words) + field(3, field(1, b"identity"))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES, required=True)
    parser.add_argument("--out", type=pathlib.Path, required=True)
    parser.add_argument("--sentences", type=int, default=256)
    arguments = parser.parse_args()
    size, activation = SIZES[arguments.size]
    words = [word(number) for number in range(size - 3)]
    tokens = ["</s>", "<unk>"] + ["▁" + one for one in words] + ["<pad>"]
    arguments.out.mkdir(parents=True)
    for side in ("source", "target"):
        (arguments.out / f"{side}.spm").write_bytes(sentencepiece(words))
    (arguments.out / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}))
    (arguments.out / "tokenizer_config.json").write_text(json.dumps({"source_lang": "en", "target_lang": "zh"}))
    torch.manual_seed(1)
    settings = dict(d_model=512, max_position_embeddings=512, pad_token_id=size - 1, eos_token_id=EOS)
    for side in ("encoder", "decoder"):
        settings.update({f"{side}_layers": 6, f"{side}_attention_heads": 8, f"{side}_ffn_dim": 2048})
    model = MarianMTModel(
        MarianConfig(
            vocab_size=size,
            activation_function=activation,
            scale_embedding=True,
            decoder_start_token_id=size - 1,
            forced_eos_token_id=EOS,
            **settings,
        )
    )
    model.final_logits_bias[0, EOS] = -100
    # What tied weights make most probable is the last token again, unless signs are flipped in between.
    gains = model.model.decoder.layers[-1].final_layer_norm.weight
    gains.data *= torch.randint(0, 2, gains.shape) * 2 - 1
    model.save_pretrained(arguments.out)
    draw = random.Random(1)
    lines = [" ".join(draw.choices(words, k=LENGTH)) for _ in range(arguments.sentences)]
    (arguments.out / "sentences.tsv").write_text("".join(f"{line}\t你好。\n" for line in lines))


if __name__ == "__main__":
    main()
