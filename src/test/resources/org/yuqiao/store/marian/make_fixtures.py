"""Makes tiny Marian models with the reference library, and what it computes with them.

Versions: transformers 5.24.0, torch 2.15.0, sentencepiece 0.2.3, safetensors 0.8.0.
Usage: python make_fixtures.py (writes beside itself; the models are learned in less than a minute).

Each model learns a toy grammar for a moment, so that its translations end, and its beams hold more
than one reading. `expected.json` holds for each line the ids of the source, greedy and beam-4 ids,
the score of the latter, and for the first lines the logits of the greedy translation.
"""

import itertools
import json
import random
import shutil
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

HERE = Path(__file__).parent
SUBJECTS = [("我", "I"), ("你", "you"), ("我们", "we"), ("他们", "they"), ("老师们", "the teachers")]
ADVERBS = [("", ""), ("今天", "today"), ("明天", "tomorrow"), ("早上", "in the morning")]
VERBS = [("喜欢", "like"), ("看见", "see"), ("买", "buy"), ("想要", "want"), ("找到", "find")]
OBJECTS = [("苹果", "apples"), ("两本书", "two books"), ("那只猫", "that cat"), ("茶", "tea"),
           ("北京的地图", "a map of Beijing"), ("３张票", "3 tickets")]
ODD = ["", " ", "你好，世界！", "Hello, world!", "ＡＢＣ１２３", "我  喜欢　茶", "😀 naïve Ångström", "茶" * 12,
       "<unk> </s> <pad>", "a\tb", "1,234.5 %", "»老师«"]


def pairs():
    for (zs, es), (za, ea), (zv, ev), (zo, eo) in itertools.product(SUBJECTS, ADVERBS, VERBS, OBJECTS):
        yield f"{zs}{za}{zv}{zo}。", " ".join(f"{es} {ev} {eo} {ea}".split()) + "."


def learn_pieces(sentences, prefix, size, rule):
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_prefix=str(prefix), vocab_size=size, model_type="unigram",
        character_coverage=1.0, hard_vocab_limit=False, normalization_rule_name=rule, minloglevel=2,
        num_threads=1)
    shutil.move(f"{prefix}.model", f"{prefix}.spm")
    Path(f"{prefix}.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.spm")
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    return [piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>")]


def vocabulary(pieces, size=0):
    """The library knows one id of padding: of two vocabularies the smaller one is filled up."""
    tokens = ["</s>", "<unk>"] + list(dict.fromkeys(pieces))
    tokens += [f"unused{i}" for i in range(size - 1 - len(tokens))] + ["<pad>"]
    return {token: i for i, token in enumerate(tokens)}


def make(name, flipped, shared, languages, activation, scale, steps, rule):
    folder = HERE / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    text = [pair[::-1] if flipped else pair for pair in pairs()]
    source = learn_pieces([a for a, _ in text], folder / "source", 90, rule)
    target = learn_pieces([b for _, b in text], folder / "target", 90, "identity")
    tokens = [f">>{code}<<" for code in languages]
    first = vocabulary(tokens + sorted(source + target if shared else source))
    second = first if shared else vocabulary(sorted(target), len(first))
    assert len(first) == len(second)
    (folder / "vocab.json").write_text(json.dumps(first, ensure_ascii=False, indent=2))
    if not shared:
        (folder / "target_vocab.json").write_text(json.dumps(second, ensure_ascii=False, indent=2))
    codes = ("en", "zh") if flipped else ("zh", "en")
    tokenizer = MarianTokenizer(
        str(folder / "source.spm"), str(folder / "target.spm"), str(folder / "vocab.json"),
        None if shared else str(folder / "target_vocab.json"), source_lang=codes[0], target_lang=codes[1],
        separate_vocabs=not shared)
    torch.manual_seed(7)
    model = MarianMTModel(MarianConfig(
        vocab_size=len(first), decoder_vocab_size=len(second), d_model=16, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=2, decoder_attention_heads=2, encoder_ffn_dim=32, decoder_ffn_dim=32,
        activation_function=activation, scale_embedding=scale, max_position_embeddings=64, dropout=0.1,
        share_encoder_decoder_embeddings=shared, pad_token_id=first["<pad>"], eos_token_id=0,
        decoder_start_token_id=first["<pad>"], forced_eos_token_id=0, init_std=0.1))
    return folder, tokenizer, model, text, tokens


def train(tokenizer, model, text, tokens, steps):
    """Teacher forcing; the bias of the output is learned too, though the library keeps it fixed."""
    bias = model._buffers["final_logits_bias"] = torch.nn.Parameter(torch.randn(model.final_logits_bias.shape) * 0.3)
    optimizer = torch.optim.Adam(list(model.parameters()) + [bias], lr=4e-3)
    rng = random.Random(7)
    pad = model.config.decoder_start_token_id
    model.train()
    for step in range(steps):
        batch = rng.sample(text, 32)
        lines = [(rng.choice(tokens) if tokens else "") + a for a, _ in batch]
        inputs = tokenizer(lines, return_tensors="pt", padding=True)
        labels = tokenizer(text_target=[b for _, b in batch], return_tensors="pt", padding=True)
        wanted = labels["input_ids"].clone()
        start = torch.full((len(batch), 1), pad)
        logits = model(**inputs, decoder_input_ids=torch.cat([start, wanted[:, :-1]], 1)).logits
        wanted[labels["attention_mask"] == 0] = -100
        loss = torch.nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten(), ignore_index=-100)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    model._buffers["final_logits_bias"] = bias.detach()
    model.eval()
    print("loss", round(loss.item(), 3))


def expected(tokenizer, model, text, tokens):
    rng = random.Random(11)
    lines = [a for a, _ in rng.sample(text, 45)] + [b for _, b in rng.sample(text, 4)] + ODD
    if tokens:
        lines = [rng.choice(tokens) + line for line in lines]
    pad = model.config.decoder_start_token_id
    banned = [[pad], [1]]  # <unk> is never produced by this program
    result = []
    for line in lines:
        inputs = tokenizer([line], return_tensors="pt")
        ids = inputs["input_ids"][0].tolist()
        room = int(3 * (len(ids) - 1) + 10)
        common = dict(bad_words_ids=banned, max_length=min(65, room + 2), forced_eos_token_id=0,
                      decoder_start_token_id=pad, pad_token_id=pad, eos_token_id=0)
        greedy = model.generate(**inputs, num_beams=1, do_sample=False, **common)[0].tolist()
        beam = model.generate(**inputs, num_beams=4, do_sample=False, early_stopping=False, length_penalty=1.0,
                              return_dict_in_generate=True, output_scores=True, **common)
        entry = {"line": line, "ids": ids[:-1], "greedy": clean(greedy, pad),
                 "beam": clean(beam.sequences[0].tolist(), pad),
                 "score": round(beam.sequences_scores[0].item(), 5)}
        entry["text"] = tokenizer.decode(entry["greedy"], skip_special_tokens=True)
        if len(result) < 3:
            with torch.no_grad():
                start = torch.tensor([[pad] + entry["greedy"]])
                logits = model(**inputs, decoder_input_ids=start).logits[0]
            entry["logits"] = [[round(x, 5) for x in row] for row in logits.tolist()]
        result.append(entry)
    return result


def clean(ids, pad):
    assert ids[0] == pad
    ids = ids[1:]
    return ids[:ids.index(0)] if 0 in ids else ids


def save(folder, tokenizer, model, weights):
    model.generation_config.num_beams = 4
    model.generation_config.max_length = 64
    model.save_pretrained(folder)
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"source_lang": tokenizer.source_lang, "target_lang": tokenizer.target_lang,
         "separate_vocabs": tokenizer.separate_vocabs}))
    if weights != "safetensors":
        (folder / "model.safetensors").unlink()
        state = {k: v.half() if weights == "half" else v for k, v in model.state_dict().items()}
        torch.save(state, folder / "pytorch_model.bin", _use_new_zipfile_serialization=weights != "old")


def main():
    torch.set_num_threads(1)
    models = [
        ("shared", dict(flipped=False, shared=True, languages=[], activation="swish", scale=True, steps=250,
                        rule="nmt_nfkc"), "safetensors"),
        ("separate", dict(flipped=False, shared=False, languages=[], activation="relu", scale=True, steps=250,
                          rule="identity"), "half"),
        ("multilingual", dict(flipped=True, shared=True, languages=["cmn_Hans", "cmn_Hant"], activation="swish",
                              scale=False, steps=400, rule="identity"), "old"),
    ]
    for name, options, weights in models:
        folder, tokenizer, model, text, tokens = make(name, **options)
        train(tokenizer, model, text, tokens, options["steps"])
        if weights == "half":
            with torch.no_grad():
                for key, tensor in model.state_dict().items():
                    if "positions" not in key:
                        tensor.copy_(tensor.half().float())
        save(folder, tokenizer, model, weights)
        lines = expected(tokenizer, model, text, tokens)
        (folder / "expected.json").write_text("[\n" + ",\n".join(
            json.dumps(line, ensure_ascii=False) for line in lines) + "\n]\n")
        print(name, [line["text"] for line in lines[:4]])


if __name__ == "__main__":
    main()
