"""Loads exported folders with the tools of their formats and writes what they find, for ExportFormatsTest.

Versions: transformers 5.24.0, torch 2.15.0, ctranslate2 4.8.5.
Usage: mvn test -Dtest=ExportFormatsTest -Dyuqiao.fixtures=FOLDER (writes the folders),
then python make_expected.py FOLDER (writes formats.json beside itself).

Of each folder: the CRC-32 of the file with the weights, and the log-probabilities of given tokens and the end.
"""

import json
import sys
import zlib
from pathlib import Path

import ctranslate2
import torch
from transformers import AutoModelForSeq2SeqLM, MarianMTModel

HERE = Path(__file__).parent


def forced(model, source, target, end):
    """Log-probabilities of the target and the end."""
    fed = [model.config.decoder_start_token_id] + target
    with torch.no_grad():
        logits = model.eval()(input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([fed])).logits[0]
    return [logits.log_softmax(-1)[t, token].item() for t, token in enumerate(target + [end])]


def huggingface(folder, request):
    model = AutoModelForSeq2SeqLM.from_pretrained(folder)
    return forced(model, request["source"] + [2], request["target"], model.config.eos_token_id)


def marian(folder, request):
    files = [folder / "vocab.json", folder / "target_vocab.json"]
    source, target = (json.loads((file if file.is_file() else files[0]).read_text("utf-8")) for file in files)
    return forced(MarianMTModel.from_pretrained(folder), [source[piece] for piece in request["source"] + ["</s>"]],
                  [target[piece] for piece in request["target"]], target["</s>"])


def ctranslate(folder, request):
    translator = ctranslate2.Translator(str(folder), compute_type="float32", inter_threads=1, intra_threads=1)
    return translator.score_batch([request["source"]], [request["target"]])[0].log_probs


FORMATS = {"huggingface": (huggingface, "model.safetensors"), "marian": (marian, "model.safetensors"),
           "ctranslate2": (ctranslate, "model.bin")}


def main():
    torch.set_num_threads(1)
    lines = []
    for name, (compute, weights) in FORMATS.items():
        rows = []
        for folder in sorted((Path(sys.argv[1]) / name).iterdir()):
            request = json.loads((folder / "request.json").read_text("utf-8"))
            found = [round(value, 6) for value in compute(folder, request)]
            crc = zlib.crc32((folder / weights).read_bytes())
            rows.append(f'  {json.dumps(folder.name)}: {json.dumps({"crc": crc, "logProbabilities": found})}')
        lines.append(f' {json.dumps(name)}: {{\n' + ",\n".join(rows) + "}")
    (HERE / "formats.json").write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
