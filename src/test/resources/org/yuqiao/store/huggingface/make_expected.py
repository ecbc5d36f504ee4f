"""Loads exported folders with Hugging Face Transformers and writes what it finds, for HuggingFaceExportTest.

Versions: transformers 5.24.0, torch 2.15.0, tokenizers 0.23.3.
Usage: mvn test -Dtest=HuggingFaceExportTest -Dyuqiao.fixtures=FOLDER (writes the folders),
then python make_expected.py FOLDER (writes NAME.json beside itself).
"""

import json
import sys
import zlib
from pathlib import Path

import torch
from safetensors.numpy import load_file
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

HERE = Path(__file__).parent
PAIRS = [("我喜欢茶。", "I like tea."), ("你在北京喝 茶", "you drink tea in Beijing."), ("龙<eos>茶", "dragon <eos>tea")]


def main():
    torch.set_num_threads(1)
    for name in ("pre", "post", "untied", "joint"):
        folder = Path(sys.argv[1]) / name
        source = AutoTokenizer.from_pretrained(folder)
        target = AutoTokenizer.from_pretrained(folder, subfolder="target")
        model, info = AutoModelForSeq2SeqLM.from_pretrained(folder, output_loading_info=True)
        computed = {"model.encoder.embed_positions.weight", "model.decoder.embed_positions.weight"}
        assert not set(info["missing_keys"]) - computed and not info["unexpected_keys"], info
        offset = 0 if name == "joint" else min(target("x").input_ids[-1:]) - 2
        tensors = load_file(folder / "model.safetensors")
        result = {
            "config.json": json.loads((folder / "config.json").read_text()),
            "generation_config.json": json.loads((folder / "generation_config.json").read_text()),
            "tensors": {key: [list(value.shape), zlib.crc32(value.tobytes())] for key, value in tensors.items()},
            "lines": []}
        for line, reference in PAIRS:
            ids = source(line, return_tensors="pt").input_ids
            labels = target(reference, return_tensors="pt").input_ids
            greedy = model.generate(ids, num_beams=1, max_length=16)[0]
            with torch.no_grad():
                logits = model(input_ids=ids, labels=labels).logits[0, :, offset:]
            result["lines"].append({
                "line": line, "reference": reference, "ids": ids[0].tolist(), "labels": labels[0].tolist(),
                "greedy": greedy[1:].tolist(), "text": source.decode(greedy, skip_special_tokens=True),
                "logits": [[round(x, 5) for x in row] for row in logits.tolist()]})
        lines = ",\n".join(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}"
                           for key, value in result.items())
        (HERE / f"{name}.json").write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
