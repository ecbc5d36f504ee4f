"""A small Marian model that Hugging Face Transformers trains for some minutes, to be imported and fine-tuned.

    pip install torch==2.15.0 transformers==5.24.0 sentencepiece==0.2.1 safetensors==0.8.0
    python src/test/python/trained_marian.py data/train.tsv little-marian --pairs 6000 --steps 1500

Chinese to English, one shared vocabulary, two layers of width 128 in each stack. Prints the loss every 100 steps.
"""

import argparse
import random
from pathlib import Path

import torch
from transformers import MarianConfig, MarianMTModel, MarianTokenizer

import random_marian

WIDTH = 128
IGNORED = -100  # a label without a loss


def new_model(folder, pairs, pieces):
    folder.mkdir(parents=True)
    shape = random_marian.SHAPES["shared-swish"]
    ids, _ = random_marian.write_tokenizers(folder, shape, *zip(*pairs), pieces)
    return MarianMTModel(MarianConfig(
        vocab_size=len(ids), d_model=WIDTH, encoder_layers=2, decoder_layers=2, encoder_attention_heads=4,
        decoder_attention_heads=4, encoder_ffn_dim=4 * WIDTH, decoder_ffn_dim=4 * WIDTH, activation_function="swish",
        scale_embedding=True, max_position_embeddings=random_marian.POSITIONS, share_encoder_decoder_embeddings=True,
        pad_token_id=ids["<pad>"], eos_token_id=0, decoder_start_token_id=ids["<pad>"], forced_eos_token_id=0))


def batch_of(tokenizer, pairs):
    sources, targets = zip(*pairs)
    batch = tokenizer(sources, text_target=targets, padding=True, truncation=True,
                      max_length=random_marian.POSITIONS - 1, return_tensors="pt")
    batch["labels"][batch["labels"] == tokenizer.pad_token_id] = IGNORED
    return batch


def train(model, tokenizer, pairs, steps, size, rate):
    warmup = steps // 10
    optimizer = torch.optim.Adam(model.parameters(), lr=rate, betas=(0.9, 0.98))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (warmup + 1), (steps - step) / (steps - warmup)))
    chosen = random.Random(7)
    losses = []
    model.train()
    for step in range(1, steps + 1):
        loss = model(**batch_of(tokenizer, chosen.sample(pairs, size))).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        schedule.step()
        losses.append(loss.item())
        if step % 100 == 0:
            print(f"step {step:,}: loss {sum(losses[-100:]) / 100:.2f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="Chinese, tab, English")
    parser.add_argument("folder", type=Path, help="is written")
    parser.add_argument("--pairs", type=int, default=6000, help="the first of the table")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=64, help="pairs a step")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--pieces", type=int, default=4000)
    args = parser.parse_args()
    lines = args.table.read_text(encoding="utf-8").splitlines()[:args.pairs]
    pairs = [tuple(line.split("\t")[:2]) for line in lines]
    torch.manual_seed(7)
    model = new_model(args.folder, pairs, args.pieces)
    train(model, MarianTokenizer.from_pretrained(args.folder), pairs, args.steps, args.batch, args.rate)
    model.generation_config.num_beams = 4
    model.generation_config.max_length = random_marian.POSITIONS + 1
    model.generation_config.bad_words_ids = [[model.config.pad_token_id]]
    model.save_pretrained(args.folder)


if __name__ == "__main__":
    main()
