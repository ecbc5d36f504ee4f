"""Hugging Face Transformers and CTranslate2 as check_interoperability.py asks them."""

import json
import struct
import tempfile
from pathlib import Path

import ctranslate2
import torch
from ctranslate2.converters import TransformersConverter
from transformers import AutoModelForSeq2SeqLM, AutoTokenizer, MarianMTModel, MarianTokenizer

BATCH = 50


def without_end(ids, end):
    return ids[:ids.index(end)] if end in ids else ids


class Transformers:
    """A model and its tokenizers in a folder."""

    def __init__(self, folder, imported):
        self.folder = Path(folder)
        self.is_imported = imported
        tokenizer, model = (MarianTokenizer, MarianMTModel) if imported else (AutoTokenizer, AutoModelForSeq2SeqLM)
        self.tokenizer = tokenizer.from_pretrained(folder)
        self.model = model.from_pretrained(folder).eval()
        self.positions = self.model.config.max_position_embeddings
        self.start, self.end = self.model.config.decoder_start_token_id, self.model.config.eos_token_id
        self.source_end = self.tokenizer("x")["input_ids"][-1]
        suppressed = self.model.generation_config.suppress_tokens  # special tokens, and placeholders, which are allowed here
        self.never = [i for i in suppressed if i <= self.end + 1] if suppressed else [self.model.config.pad_token_id, 1]

    def vocabulary(self, target):
        separate = self.folder / "target_vocab.json"
        file = separate if target and separate.is_file() else self.folder / "vocab.json"
        return json.loads(file.read_text(encoding="utf-8"))

    def encode(self, texts, target=False):
        """Ids without that of the end."""
        result = []
        for text in texts:
            ids = self.tokenizer(text_target=text) if target else self.tokenizer(text)
            result.append(ids["input_ids"][:-1])
        return result

    def logits(self, source, translation):
        """[T + 1, V] by teacher forcing."""
        with torch.no_grad():
            return self.model(input_ids=torch.tensor([source + [self.source_end]]),
                              decoder_input_ids=torch.tensor([[self.start] + translation])).logits[0].numpy()

    def generate(self, sources, beam, early_stopping):
        """Ids without those of start and end; sources of one length are a batch, so that none is padded."""
        result = [None] * len(sources)
        lengths = {}
        for i, source in enumerate(sources):
            lengths.setdefault(len(source), []).append(i)
        for same in lengths.values():
            for batch in (same[i:i + BATCH] for i in range(0, len(same), BATCH)):
                ids = self.model.generate(
                    torch.tensor([sources[i] + [self.source_end] for i in batch]), num_beams=beam, do_sample=False,
                    early_stopping=early_stopping, length_penalty=1.0, max_length=self.positions + 1,
                    min_new_tokens=1, forced_eos_token_id=self.end, suppress_tokens=self.never)
                for i, row in zip(batch, ids.tolist()):
                    result[i] = without_end(row[1:], self.end)
        return result


class CTranslate2:
    """A converted model."""

    def __init__(self, folder, compute_type):
        self.translator = ctranslate2.Translator(str(folder), compute_type=compute_type, inter_threads=1)

    def translate(self, pieces, beam, limit):
        results = self.translator.translate_batch(
            pieces, beam_size=beam, length_penalty=1, disable_unk=True, max_decoding_length=limit, max_batch_size=BATCH)
        return [result.hypotheses[0] for result in results]

    def scores(self, pieces, translations):
        """The mean log-probability of a token, that of the end among them, for each translation."""
        results = self.translator.score_batch(pieces, translations, max_batch_size=BATCH)
        return [sum(result.log_probs) / len(result.log_probs) for result in results]


def converted(folder, quantization):
    """The variables and vocabularies that CTranslate2's own converter writes for a folder of Transformers."""
    with tempfile.TemporaryDirectory() as out:
        TransformersConverter(str(folder)).convert(
            out, quantization=None if quantization == "float32" else quantization, force=True)
        return variables(Path(out) / "model.bin")


def variables(file):
    """A model.bin as a dictionary of type, shape and bytes, aliases resolved."""
    data = file.read_bytes()
    at = 0

    def number(kind):
        nonlocal at
        value, = struct.unpack_from("<" + kind, data, at)
        at += struct.calcsize("<" + kind)
        return value

    def text():
        nonlocal at
        length = number("H")
        at += length
        return data[at - length:at - 1].decode()

    result = {"head": ("version, specification, revision", (), (number("I"), text(), number("I")))}
    for _ in range(number("I")):
        name = text()
        shape = tuple(number("I") for _ in range(number("B")))
        kind, length = number("B"), number("I")
        result[name] = (kind, shape, data[at:at + length])
        at += length
    for _ in range(number("I")):
        alias = text()
        result[alias] = result[text()]
    return result
