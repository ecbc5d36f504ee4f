"""Marian models with random weights, made by Hugging Face Transformers and SentencePiece, for check_interoperability.py."""

import json
from pathlib import Path

import sentencepiece
import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

POSITIONS = 64
SHAPES = {
    "shared-swish": dict(shared=True, activation="swish", scale=True, languages=[], rule="nmt_nfkc"),
    "separate-relu": dict(shared=False, activation="relu", scale=True, languages=[], rule="identity"),
    "multilingual-swish": dict(shared=True, activation="swish", scale=False, languages=["cmn_Hans", "cmn_Hant"],
                               rule="nmt_nfkc"),
}


def learn_pieces(sentences, prefix, size, rule):
    """Writes PREFIX.spm; returns its pieces."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences), model_prefix=str(prefix), vocab_size=size, model_type="unigram",
        character_coverage=0.9995, hard_vocab_limit=False, normalization_rule_name=rule, minloglevel=2, num_threads=1)
    Path(f"{prefix}.model").rename(f"{prefix}.spm")
    Path(f"{prefix}.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(model_file=f"{prefix}.spm")
    pieces = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    return [piece for piece in pieces if piece not in ("<unk>", "<s>", "</s>")]


def vocabulary(pieces, size=0):
    """Of two vocabularies the smaller one is filled up: the library knows one id of padding."""
    tokens = ["</s>", "<unk>"] + list(dict.fromkeys(pieces))
    tokens += [f"unused{i}" for i in range(size - 1 - len(tokens))] + ["<pad>"]
    return {token: i for i, token in enumerate(tokens)}


def write_tokenizers(folder, shape, sources, targets, pieces):
    source = learn_pieces(sources, folder / "source", pieces, shape["rule"])
    target = learn_pieces(targets, folder / "target", pieces, shape["rule"])
    languages = [f">>{code}<<" for code in shape["languages"]]
    if shape["shared"]:
        first = second = vocabulary(languages + sorted(source + target))
    else:
        size = max(len(source), len(target)) + 3
        first, second = vocabulary(languages + sorted(source), size), vocabulary(sorted(target), size)
        (folder / "target_vocab.json").write_text(json.dumps(second, ensure_ascii=False))
    (folder / "vocab.json").write_text(json.dumps(first, ensure_ascii=False))
    codes = ("en", "zh") if languages else ("zh", "en")
    (folder / "tokenizer_config.json").write_text(json.dumps(
        {"source_lang": codes[0], "target_lang": codes[1], "separate_vocabs": not shape["shared"]}))
    return first, second


def let_translations_end(model, tokenizer, lines):
    """Chooses the bias of </s> so that it is the most probable token in three of four positions."""
    model.eval()
    model.final_logits_bias[0, 0] = -1e4
    gaps = []
    for line in lines:
        batch = tokenizer([line], return_tensors="pt")
        found = model.generate(**batch, num_beams=1, do_sample=False, max_length=POSITIONS // 2, forced_eos_token_id=None)
        with torch.no_grad():
            logits = model(**batch, decoder_input_ids=found).logits[0]
        gaps.append(logits[:, 1:].max(1).values - logits[:, 0])
    model.final_logits_bias[0, 0] += torch.cat(gaps).quantile(3 / 4)


def make(folder, name, chinese, english, pieces=4000, width=64):
    """Writes the folder of one of SHAPES; its tokenizers are learned from the lines."""
    shape = SHAPES[name]
    folder.mkdir(parents=True)
    flipped = bool(shape["languages"])
    sources, targets = (english, chinese) if flipped else (chinese, english)
    first, second = write_tokenizers(folder, shape, sources, targets, pieces)
    torch.manual_seed(7)
    model = MarianMTModel(MarianConfig(
        vocab_size=len(first), decoder_vocab_size=len(second), d_model=width, encoder_layers=2, decoder_layers=2,
        encoder_attention_heads=4, decoder_attention_heads=4, encoder_ffn_dim=2 * width, decoder_ffn_dim=2 * width,
        activation_function=shape["activation"], scale_embedding=shape["scale"], max_position_embeddings=POSITIONS,
        share_encoder_decoder_embeddings=shape["shared"], pad_token_id=first["<pad>"], eos_token_id=0,
        decoder_start_token_id=first["<pad>"], forced_eos_token_id=0, init_std=0.15))
    with torch.no_grad():
        for key, tensor in model.named_parameters():
            if key.endswith("bias"):
                tensor.normal_(0, 0.1)
            elif "shared" in key or "embed_tokens" in key:
                tensor.mul_(0.5)  # a token should not be followed by itself for ever
        model.final_logits_bias.normal_(0, 0.3)
    let_translations_end(model, MarianTokenizer.from_pretrained(folder), sources[:20])
    model.generation_config.num_beams = 4
    model.generation_config.max_length = POSITIONS + 1
    model.save_pretrained(folder)
