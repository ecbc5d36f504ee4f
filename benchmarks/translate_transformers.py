"""Hugging Face `generate` in eager PyTorch as a contestant of `translate_peers.py`, for a Marian model with weights that
translate every sentence into --length tokens. Needs transformers and torch.
"""

import json

import torch
import transformers
from transformers import AutoModelForSeq2SeqLM

from interleaved import peak_memory, peer_arguments, serve


def main():
    arguments = peer_arguments(__doc__, "the folder that was imported").parse_args()
    torch.set_num_threads(arguments.threads)
    model = AutoModelForSeq2SeqLM.from_pretrained(arguments.weights)
    eos, pad = model.config.eos_token_id, model.config.pad_token_id
    # Yuqiao has <pad>, <bos>, <eos> and <unk> first, and the other tokens in their order.
    theirs = [pad, pad, eos, 1] + [i for i in range(model.config.vocab_size) if i not in (pad, eos, 1)]
    ours = {token: number for number, token in list(enumerate(theirs))[1:]}
    work = json.load(open(arguments.folder + "/benchmark.json"))
    sources = work["sources"][: arguments.limit] if arguments.limit else work["sources"]
    ids = torch.tensor([[theirs[token] for token in one] + [eos] for one in sources])
    settings = dict(num_beams=arguments.beam, do_sample=False, forced_eos_token_id=None, bad_words_ids=[[pad], [1]])
    settings.update(min_new_tokens=arguments.length, max_new_tokens=arguments.length)

    def translate():
        found = []
        for rows in ids.split(1 if arguments.batch == 1 else len(ids)):
            found += model.generate(input_ids=rows, attention_mask=torch.ones_like(rows), **settings).tolist()
        return [[ours[token] for token in one[1:]] for one in found]

    with torch.inference_mode():
        times, found = serve(translate, arguments.warm_up)
    version = f"Transformers {transformers.__version__}, PyTorch {torch.__version__.split('+')[0]}"
    print(json.dumps({"version": version, "way": "", "peakMemoryBytes": peak_memory(), "translations": found}))


if __name__ == "__main__":
    main()
