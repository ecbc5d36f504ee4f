"""CTranslate2 as a contestant of `translate_peers.py`: the same weights, token ids and threads.

Threads can work in one translation or in one each (intra_threads, inter_threads), and batches can be larger or
smaller: every way is timed first, and the fastest one takes part, in a process of its own. Needs ctranslate2.
"""

import json
import math
import os
import sys
import time

import ctranslate2

from interleaved import peak_memory, peer_arguments, serve

# Source tokens of a batch: what Yuqiao takes, and twice as many.
BATCH_TOKENS = (1500, 3000)


def ways(threads, batch, beam, tokens):
    """Translators, threads of each, and source tokens of a batch; every thread shall get a batch."""
    found = []
    for translators, each in dict.fromkeys([(threads, 1), (1, threads)]):
        for most in [1] if batch == 1 else BATCH_TOKENS:
            found.append((translators, each, min(most, math.ceil(tokens / translators))))
            if batch == 0 and beam > 1:
                found.append((translators, each, min(most // beam, math.ceil(tokens / translators))))
    return list(dict.fromkeys(found))


class Peer:
    def __init__(self, arguments, way):
        translators, each, self.batch_tokens = way
        self.arguments = arguments
        self.translator = ctranslate2.Translator(
            arguments.weights,
            compute_type=arguments.compute,
            inter_threads=translators,
            intra_threads=each,
        )
        work = json.load(open(arguments.folder + "/benchmark.json"))
        source, target = self.vocabularies()
        self.ids = {token: number for number, token in enumerate(target)}
        sources = work["sources"][: arguments.limit] if arguments.limit else work["sources"]
        self.sources = [[source[token] for token in one] for one in sources]

    def vocabularies(self):
        names = ("source_vocabulary.json", "target_vocabulary.json")
        if os.path.exists(self.arguments.weights + "/shared_vocabulary.json"):
            names = ("shared_vocabulary.json",) * 2
        return [json.load(open(f"{self.arguments.weights}/{name}")) for name in names]

    def lengths(self, sources):
        """Translations are as long as Yuqiao lets them become, or have the given length."""
        if self.arguments.length:
            return {"min_decoding_length": self.arguments.length, "max_decoding_length": self.arguments.length}
        return {"max_decoding_length": 2 * max(map(len, sources)) + 10}

    def translate(self):
        settings = dict(beam_size=self.arguments.beam, disable_unk=True, asynchronous=True)
        if self.arguments.batch == 1:  # No translation waits for another.
            waiting = []
            for one in self.sources:
                waiting += self.translator.translate_batch([one], **self.lengths([one]), **settings)
        else:
            settings.update(self.lengths(self.sources), batch_type="tokens", max_batch_size=self.batch_tokens)
            waiting = self.translator.translate_batch(self.sources, **settings)
        return [[self.ids[token] for token in one.result().hypotheses[0]] for one in waiting]


def fastest(arguments, tokens):
    """The way with the shortest time of one round, after a shorter warm-up."""
    times = {}
    for way in ways(arguments.threads, arguments.batch, arguments.beam, tokens):
        peer = Peer(arguments, way)
        sources = peer.sources
        peer.sources = sources[:2]
        peer.translate()
        peer.sources = sources
        begun = time.perf_counter()
        peer.translate()
        times[way] = time.perf_counter() - begun
        print(way, round(times[way], 3), file=sys.stderr, flush=True)
    return min(times, key=times.get)


def main():
    parser = peer_arguments(__doc__, "written by `export --format ctranslate2`", length=0)
    parser.add_argument("--compute", default="float32")
    parser.add_argument("--way", help="as the first run found it")
    arguments = parser.parse_args()
    if not arguments.way:
        work = json.load(open(arguments.folder + "/benchmark.json"))
        sources = work["sources"][: arguments.limit] if arguments.limit else work["sources"]
        way = fastest(arguments, sum(len(one) + 1 for one in sources))
        os.execv(sys.executable, [sys.executable, *sys.argv, "--way", ",".join(map(str, way))])
    peer = Peer(arguments, tuple(map(int, arguments.way.split(","))))
    times, found = serve(peer.translate, arguments.warm_up)
    translators, each, tokens = arguments.way.split(",")
    print(
        json.dumps(
            {
                "version": "CTranslate2 " + ctranslate2.__version__,
                "way": f"{translators} x {each} threads, {tokens} tokens",
                "peakMemoryBytes": peak_memory(),
                "translations": found,
            }
        )
    )


if __name__ == "__main__":
    main()
