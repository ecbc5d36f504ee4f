"""Compares imported and exported models with the tools they come from and go to; run by hand, after mvn package -DskipTests.

    pip install torch==2.15.0 transformers==5.24.0 ctranslate2==4.8.5 sentencepiece==0.2.1 safetensors==0.8.0
    python src/test/python/check_interoperability.py
    python src/test/python/check_interoperability.py --lines my.tsv a.txt --marian opus-mt-zh-en --models runs/mine

Lines come from texts and tables (default: data/*.tsv); a field with a Han character is Chinese, another one English.
For each folder of --marian (default: three models with random weights): ids of both sides, logits, greedy and beam-4
tokens are those of Transformers; `export --format marian` gives the same tensors, `--format ctranslate2` the variables
that CTranslate2's own converter writes, and the same tokens. For each of --models (default: the shipped ones), with its
weights as float32: the exports to Transformers, CTranslate2, ONNX Runtime and SameDiff give the same tokens (the last two
by greedy search, which the graphs do not contain; of a beam, two translations that CTranslate2 scores alike within 0.00001 count
as the same); CTranslate2's int8 is compared with the int8 of this program, which
rounds alike but not in the same order. Prints a line for each comparison; exits
with 1 if one fails.
"""

import argparse
import functools
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

import random_marian
from reference_tools import CTranslate2, Transformers, converted, variables

HOME = Path(__file__).resolve().parents[3]
HAN = re.compile(r"[\u3400-\u9fff]")
SPECIALS = 4  # <pad>, <bos>, <eos>, <unk>
EOS = 2
INT8_AGREEMENT = 0.95
TIE = 1e-5


class Report:
    def __init__(self):
        self.failed = False

    def add(self, what, result, holds):
        print(f"{'ok  ' if holds else 'FAIL'} {what}: {result}", flush=True)
        self.failed |= not holds

    def same_translations(self, what, beam, ours, theirs, limit, least=1.0):
        """Of a beam only those that end: cut at the limit, they are ranked by each tool in a way of its own."""
        ended = [pair for pair in zip(ours, theirs, strict=True) if beam == 1 or max(map(len, pair)) < limit]
        cut = f" ({len(ours) - len(ended)} cut)" if beam > 1 else ""
        self.same(f"{what}, beam {beam}{cut}", *zip(*ended), least)

    def same(self, what, ours, theirs, least=1.0):
        assert len(ours) == len(theirs)
        same = [a == b for a, b in zip(ours, theirs)]
        others = [i + 1 for i, is_same in enumerate(same) if not is_same]
        where = f", not {', '.join(map(str, others[:10]))}" if others else ""
        self.add(what, f"{sum(same):,} of {len(same):,}{where}", len(same) > 0 and sum(same) >= least * len(same))


def run(*command):
    done = subprocess.run([str(word) for word in command], cwd=HOME, capture_output=True, text=True)
    if done.returncode:
        words = ["..." if os.pathsep in str(word) else str(word) for word in command]  # a class path is long
        sys.exit(f"{' '.join(words)}\n{done.stderr or done.stdout}")


def export(model, kind, out, *options):
    run("./yuqiao", "export", "--model", model, "--format", kind, "--out", out, *options)
    return out


@functools.cache
def class_path():
    """The tests and what they need, ONNX Runtime among it."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jars"
        run("mvn", "-B", "-q", "dependency:build-classpath", f"-Dmdep.outputFile={file}")
        return f"target/test-classes:target/classes:{file.read_text()}"


def java(main, *arguments):
    run("java", "-Xmx4g", "--add-modules", "jdk.incubator.vector", "-cp", class_path(), f"org.yuqiao.store.{main}", *arguments)


class Outputs:
    """What a model computes here; the first `decode` sources are translated."""

    def __init__(self, work, model, sources, targets=None, decode=0, logits=0, float32=None):
        out = Path(tempfile.mkdtemp(dir=work))
        request = dict(model=str(model), sources=str(sources), targets=str(targets or os.devnull), out=str(out),
                       decode=decode, logits=logits)
        if float32:
            request["float32"] = str(float32)
        (out / "request.json").write_text(json.dumps(request))
        java("ModelOutputs", out / "request.json")
        self.pieces = json.loads((out / "vocabularies.json").read_text(encoding="utf-8"))
        lines = [json.loads(line) for line in (out / "tokens.jsonl").read_text(encoding="utf-8").splitlines()]
        self.tokens = {key: [line[key] for line in lines if key in line]
                       for key in ("source", "target", "greedy", "beam", "early")}
        self.logits = np.fromfile(out / "logits.bin", dtype="<f4")

    def as_pieces(self, key):
        pieces = self.pieces["source" if key == "source" else "target"]
        return [[pieces[i] for i in ids] for ids in self.tokens[key]]


def file_ids(pieces, vocabulary):
    """The ids of a Marian model's files, by those here."""
    return [vocabulary["<pad>"], vocabulary["<pad>"], vocabulary["</s>"], vocabulary["<unk>"]] + [
        vocabulary[piece] for piece in pieces[SPECIALS:]]


def check_marian(report, folder, work, lines, args):
    """Imported, a folder of Hugging Face's marian computes what Transformers computes."""
    name = folder.name
    imported = work / f"{name}-imported"
    language = ["--target-language", args.target_language] if args.target_language else []
    run("./yuqiao", "import", folder, "--out", imported, *language)
    source, target = json.loads((imported / "model.json").read_text())["direction"].split("-")
    ours = Outputs(work, imported, lines[source], lines[target], args.sentences, args.logits)
    theirs = Transformers(folder, imported=True)
    prefix = f">>{args.target_language}<<" if args.target_language else ""
    ids = {}
    for side, code in (("source", source), ("target", target)):
        texts = [(prefix if side == "source" else "") + text for text in lines[code].read_text("utf-8").splitlines()]
        to_file = file_ids(ours.pieces[side], theirs.vocabulary(side == "target"))
        for key in ("source",) if side == "source" else ("target", "greedy", "beam"):
            ids[key] = [[to_file[i] for i in tokens] for tokens in ours.tokens[key]]
        report.same(f"{name}: ids of lines, {code}", ids[side], theirs.encode(texts, side == "target"))
    sources = ids["source"][:args.sentences]
    expected = np.concatenate([theirs.logits(s, t) for s, t in zip(sources[:args.logits], ids["greedy"])])
    found = ours.logits.reshape(len(expected), -1)
    difference = np.abs(found[:, EOS:] - expected[:, to_file[EOS:]]).max()
    report.add(f"{name}: greatest difference of logits, {len(found):,} x {found.shape[1] - EOS:,}",
               f"{difference:.1e}", difference < 1e-4)
    for key, beam in (("greedy", 1), ("beam", 4)):
        report.same_translations(f"{name}: Transformers", beam, ids[key], theirs.generate(sources, beam, False),
                                 theirs.positions - 1)
    returned = Transformers(export(imported, "marian", work / f"{name}-marian"), imported=True).model.state_dict()
    original = theirs.model.state_dict()
    report.same(f"{name}: tensors of export --format marian", [returned[key].tolist() for key in original],
                [tensor.tolist() for tensor in original.values()])
    for kind in ("float32", "int8"):
        options = [] if kind == "float32" else ["--quantize", kind]
        exported = export(imported, "ctranslate2", work / f"{name}-ct2-{kind}", *options)
        found, expected = variables(exported / "model.bin"), converted(folder, kind)
        in_file_order(found, file_ids(ours.pieces["source"], theirs.vocabulary(False)), to_file)
        names = sorted(found | expected)
        report.same(f"{name}: variables of CTranslate2's converter, {kind}", [found.get(key) for key in names],
                    [expected.get(key) for key in names])
    check_ctranslate2(report, name, ours, work / f"{name}-ct2-float32", "float32", theirs.positions - 1)


def in_file_order(found, source, target):
    """Rows of tokens in the order of the model's files, without <pad>, as the converter has them.

    There decoding starts with "start_from_zero_embedding"; here with <bos>, whose row is zero.
    """
    zero = found["decoder/embeddings/weight"][2]
    width = len(zero) // found["decoder/embeddings/weight"][1][0]
    if not any(zero[width:2 * width]):
        found["decoder/start_from_zero_embedding"] = (1, (), b"\1")
    for key, (kind, shape, data) in found.items():
        ids = source if key.startswith("encoder") else target
        if shape[:1] == (len(ids),) and ("embeddings" in key or "projection" in key):
            rows = np.frombuffer(data, np.uint8).reshape(len(ids), -1)
            ordered = np.empty_like(rows[EOS:])
            ordered[ids[EOS:]] = rows[EOS:]
            found[key] = (kind, (len(ordered), *shape[1:]), ordered.tobytes())


def check_ctranslate2(report, name, ours, exported, kind, limit, least=1.0):
    translator = CTranslate2(exported, kind)
    sources = ours.as_pieces("source")[:len(ours.tokens["greedy"])]
    for key, beam in (("greedy", 1), ("early", 4)):
        found = translator.translate(sources, beam, limit)
        expected = ours.as_pieces(key)
        if beam > 1 and kind == "float32":
            expected = with_ties(report, f"{name}: CTranslate2 {kind}, beam {beam}", translator, sources, expected, found)
        report.same_translations(f"{name}: CTranslate2 {kind}", beam, expected, found, limit, least)


def with_ties(report, what, translator, sources, ours, theirs):
    """Theirs in place of ours where both are scored alike: which of them comes first is a matter of rounding."""
    others = [i for i, (first, second) in enumerate(zip(ours, theirs, strict=True)) if first != second]
    result = list(ours)
    for i in others:
        first, second = translator.scores([sources[i]] * 2, [ours[i], theirs[i]])
        if abs(first - second) < TIE:
            report.add(f"{what}, a tie in line {i + 1}", f"{first:.6f} and {second:.6f}", True)
            result[i] = theirs[i]
    return result


def check_graphs(report, name, ours, exported, kind):
    sources = ours.tokens["source"][:len(ours.tokens["greedy"])]
    (exported / "sources.jsonl").write_text("".join(f"{json.dumps(ids)}\n" for ids in sources))
    java("GraphTranslations", exported, exported / "sources.jsonl", exported / "translations.jsonl")
    found = [json.loads(line) for line in (exported / "translations.jsonl").read_text().splitlines()]
    report.same(f"{name}: {kind}, greedy", ours.tokens["greedy"], found)


def check_trained(report, model, work, lines, args):
    """Exports of a Transformer that was trained here give its tokens."""
    name = model.name
    source = json.loads((model / "model.json").read_text())["direction"].split("-")[0]
    float32 = work / f"{name}-float32"
    ours = Outputs(work, model, lines[source], decode=args.exported, float32=float32)
    theirs = Transformers(export(float32, "huggingface", work / f"{name}-hf"), imported=False)
    texts = lines[source].read_text("utf-8").splitlines()
    offset = theirs.end - EOS  # the first target token of a vocabulary for both sides
    report.same(f"{name}: ids of lines, {source}", ours.tokens["source"], theirs.encode(texts))
    for key, beam in (("greedy", 1), ("early", 4)):
        found = theirs.generate(ours.tokens["source"], beam, True)
        report.same_translations(f"{name}: Transformers", beam, ours.tokens[key],
                                 [[i - offset for i in ids] for ids in found], theirs.positions - 1)
    for format, kind in (("onnx", "ONNX Runtime"), ("samediff", "SameDiff")):
        check_graphs(report, name, ours, export(float32, format, work / f"{name}-{format}"), kind)
    for kind in ("float32", "int8"):
        if kind == "int8":
            int8 = work / f"{name}-int8"
            run("./yuqiao", "quantize", "--model", float32, "--out", int8)
            ours = Outputs(work, int8, lines[source], decode=args.exported)
        options = [] if kind == "float32" else ["--quantize", kind]
        exported = export(float32, "ctranslate2", work / f"{name}-ct2-{kind}", *options)
        check_ctranslate2(report, name, ours, exported, kind, theirs.positions - 1,
                          1.0 if kind == "float32" else INT8_AGREEMENT)


def read_lines(files):
    """The distinct Chinese and English lines."""
    lines = {"zh": {}, "en": {}}
    for file in files:
        for line in file.read_text(encoding="utf-8").splitlines():
            for field in filter(None, map(str.strip, line.split("\t"))):
                lines["zh" if HAN.search(field) else "en"].setdefault(field)
    return {code: list(texts) for code, texts in lines.items()}


def written(work, name, lines, count):
    files = {}
    for code, texts in lines.items():
        files[code] = work / f"{name}.{code}"
        files[code].write_text("".join(f"{text}\n" for text in texts[:count]), encoding="utf-8")
    return files


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", nargs="+", type=Path, default=sorted((HOME / "data").glob("*.tsv")))
    parser.add_argument("--marian", nargs="*", type=Path, help="folders of Hugging Face; without one, random models")
    parser.add_argument("--target-language", help="of multilingual models in --marian, as cmn_Hans")
    parser.add_argument("--models", nargs="*", type=Path, default=[HOME / "models/zh-en", HOME / "models/en-zh"])
    parser.add_argument("--count", type=int, default=20000, help="lines whose ids are compared")
    parser.add_argument("--sentences", type=int, default=500, help="sentences translated by imported models")
    parser.add_argument("--logits", type=int, default=50, help="sentences whose logits are compared")
    parser.add_argument("--exported", type=int, default=1000, help="sentences translated by exported models")
    args = parser.parse_args()
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        lines = read_lines(args.lines)
        many = written(work, "many", lines, args.count)
        if args.marian is None:
            for name, shape in random_marian.SHAPES.items():
                random_marian.make(work / name, name, lines["zh"][:args.count], lines["en"][:args.count])
                args.target_language = shape["languages"][0] if shape["languages"] else None
                check_marian(report, work / name, work, many, args)
        for model in args.marian or []:
            check_marian(report, model, work, many, args)
        exported = written(work, "exported", lines, args.exported)
        for model in args.models:
            check_trained(report, model.resolve(), work, exported, args)
    sys.exit(1 if report.failed else 0)


if __name__ == "__main__":
    main()
