"""Writes expected.json and bootstrap.json beside this file from inputs.json, by sacreBLEU itself.

The sentences of inputs.json were written for this project. Run in a virtual environment:

    python3 -m venv venv && venv/bin/pip install sacrebleu==2.6.0 && venv/bin/python make_expected.py
"""

import json
import os
import pathlib

os.environ["SACREBLEU_SEED"] = "12345"

import numpy
import sacrebleu
from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.significance import PairedTest

HERE = pathlib.Path(__file__).parent
SYSTEMS = ["good", "fair", "poor"]
SAMPLES = 200

# The names on the left are the ones the Java test knows.
METRICS = {
    "bleu-13a": lambda: BLEU(tokenize="13a"),
    "bleu-zh": lambda: BLEU(tokenize="zh"),
    "bleu-char": lambda: BLEU(tokenize="char"),
    "bleu-none": lambda: BLEU(tokenize="none", force=True),
    "bleu-13a-floor": lambda: BLEU(tokenize="13a", smooth_method="floor"),
    "bleu-13a-add-k": lambda: BLEU(tokenize="13a", smooth_method="add-k"),
    "bleu-13a-none": lambda: BLEU(tokenize="13a", smooth_method="none"),
    "chrf": lambda: CHRF(),
    "chrf++": lambda: CHRF(word_order=2),
    "ter": lambda: TER(),
    "ter-case": lambda: TER(case_sensitive=True),
    "ter-normalized": lambda: TER(normalized=True),
    "ter-normalized-asian": lambda: TER(normalized=True, asian_support=True),
    "ter-unpunctuated": lambda: TER(no_punct=True),
    "ter-unpunctuated-asian": lambda: TER(no_punct=True, asian_support=True),
    "ter-all": lambda: TER(normalized=True, no_punct=True, asian_support=True),
}


def for_sentences(name):
    """The metric as it is to be used on single sentences."""
    metric = METRICS[name]()
    if isinstance(metric, BLEU):
        metric.effective_order = True
    return metric


def details(score):
    if hasattr(score, "bp"):
        return {
            "precisions": score.precisions,
            "brevityPenalty": score.bp,
            "hypothesisLength": score.sys_len,
            "referenceLength": score.ref_len,
        }
    if hasattr(score, "num_edits"):
        return {"edits": score.num_edits, "referenceLength": score.ref_length}
    return {}


def expected(inputs):
    rows = []
    for language, sentences in inputs.items():
        references = [list(r) for r in zip(*(s["references"] for s in sentences))]
        for system in SYSTEMS:
            hypotheses = [s[system] for s in sentences]
            for used in (references[:1], references[1:], references):
                for name in METRICS:
                    metric = METRICS[name]()
                    score = metric.corpus_score(hypotheses, used)
                    single = for_sentences(name)
                    scores = [
                        single.sentence_score(h, [r[i] for r in used]).score
                        for i, h in enumerate(hypotheses)
                    ]
                    rows.append(
                        {
                            "language": language,
                            "system": system,
                            "references": [references.index(r) for r in used],
                            "metric": name,
                            "score": score.score,
                            "signature": str(metric.get_signature()),
                            "details": details(score),
                            "sentenceSignature": str(single.get_signature()),
                            "sentences": scores,
                        }
                    )
    return rows


def bootstrap(inputs):
    rows = []
    for language, sentences in inputs.items():
        references = [list(r) for r in zip(*(s["references"] for s in sentences))]
        # The draws that sacreBLEU makes with this seed.
        drawn = numpy.random.default_rng(12345).choice(
            len(sentences), size=(SAMPLES, len(sentences)), replace=True
        )
        comparisons = []
        for first, second in (("good", "fair"), ("fair", "good"), ("fair", "poor")):
            systems = [(s, [x[s] for x in sentences]) for s in (first, second)]
            metrics = {"bleu": BLEU(trg_lang=language), "chrf": CHRF(), "ter": TER()}
            names = {"bleu": "BLEU", "chrf": "chrF2", "ter": "TER"}
            _, results = PairedTest(systems, metrics, references, "bs", SAMPLES)()
            for metric, name in names.items():
                baseline, system = results[name]
                comparisons.append(
                    {
                        "metric": metric,
                        "first": first,
                        "second": second,
                        "scores": [baseline.score, system.score],
                        "means": [float(baseline.mean), float(system.mean)],
                        "intervals": [float(baseline.ci), float(system.ci)],
                        "pValue": system.p_value,
                    }
                )
        rows.append({"language": language, "drawn": drawn.tolist(), "comparisons": comparisons})
    return rows


def write(name, rows):
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
    (HERE / name).write_text("[\n" + lines + "\n]\n", encoding="utf-8")


if __name__ == "__main__":
    assert sacrebleu.__version__ == "2.6.0", sacrebleu.__version__
    given = json.loads((HERE / "inputs.json").read_text(encoding="utf-8"))
    write("expected.json", expected(given))
    write("bootstrap.json", bootstrap(given))
