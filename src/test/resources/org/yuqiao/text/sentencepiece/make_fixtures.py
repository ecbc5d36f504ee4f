"""Makes the models and the expected pieces beside this file with the SentencePiece library.

  pip install sentencepiece==0.2.1
  python make_fixtures.py ../../../../../../../data   # the folder of train.tsv and test.tsv

Models are learned from the project's own corpus. Texts are lines of the project's test set and hostile ones made here.
"""
import io
import json
import random
import sys
from pathlib import Path

import sentencepiece as spm

HERE = Path(__file__).parent


def lines(name):
    with open(Path(sys.argv[1]) / name, encoding="utf-8") as file:
        return [side for line in file for side in line.rstrip("\n").split("\t")[:2]]


def hostile():
    source = random.Random(1)
    fixed = [
        "", " ", "  a  b  ", "\u3000你好\u3000\u3000世界 ", "\t tab \t", "Ａｂｃ１２３", "ﬁne ½ ①", "a\u0301e\u0301", "한국어 텍스트", "😀👍🏽 ok",
        "\u2581 \u2581a", "</s> <s> <unk>", "<0x41>", "{0} and {0}{0}", "x{0}y", "がぎぐ ｶﾞｷﾞ", "\ufeffbom", "a\u200bb\u200db", "ℌ𝔢𝔩𝔩𝔬", "a" * 300,
        "\u0000nul", "\u0085\u2028line", "……——", "「」『』", "\U0010ffff", "Ⅻ ㍿ ㎏", "ſ ẞ İ", "\u00a0nbsp\u00a0", "lllll mmmmmm bbbbbllllluuuuuu",
    ]
    alphabet = "abc 你好世界。,!\u3000\u2581①Ａé\u0301😀\u200b{0}\t"
    return fixed + ["".join(source.choice(alphabet) for _ in range(source.randrange(1, 40))) for _ in range(150)]


def main():
    training = lines("train.tsv")[:8000]
    texts = lines("test.tsv")[:200] + hostile()
    variants = {
        "unigram": dict(model_type="unigram", vocab_size=1800, character_coverage=0.98),
        "unigram-bytes": dict(
            model_type="unigram", vocab_size=1800, byte_fallback=True, character_coverage=0.98, user_defined_symbols=["{0}"],
            normalization_rule_name="identity", remove_extra_whitespaces=False),
        "bpe": dict(
            model_type="bpe", vocab_size=2000, byte_fallback=True, character_coverage=0.98, user_defined_symbols=["{0}"],
            normalization_rule_name="identity"),
        "bpe-unknown": dict(model_type="bpe", vocab_size=2800, add_dummy_prefix=False, normalization_rule_name="identity"),
    }
    for name, options in variants.items():
        model = io.BytesIO()
        spm.SentencePieceTrainer.train(
            sentence_iterator=iter(training), model_writer=model, num_threads=1, minloglevel=2, hard_vocab_limit=False, **options)
        (HERE / f"{name}.model").write_bytes(model.getvalue())
        processor = spm.SentencePieceProcessor(model_proto=model.getvalue())
        with open(HERE / f"{name}.jsonl", "w", encoding="utf-8") as out:
            for text in texts:
                ids = processor.encode(text)
                row = {"text": text, "pieces": processor.encode(text, out_type=str), "ids": ids, "decoded": processor.decode(ids)}
                out.write(json.dumps(row) + "\n")


main()
