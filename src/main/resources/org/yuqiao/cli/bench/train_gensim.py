import json
import sys
import time

from gensim.models import Word2Vec

algorithm, text, output, threads, seed, alpha = sys.argv[1:]
model = Word2Vec(
    sg=int(algorithm == "skip-gram"),
    vector_size=100,
    window=5,
    negative=5,
    hs=0,
    sample=1e-3,
    epochs=5,
    min_count=5,
    workers=int(threads),
    seed=int(seed),
    alpha=float(alpha),
)
model.build_vocab(corpus_file=text)
words = sum(model.wv.get_vecattr(word, "count") for word in model.wv.index_to_key)
begun = time.perf_counter()
model.train(
    corpus_file=text, total_examples=model.corpus_count, total_words=model.corpus_total_words, epochs=5
)
seconds = time.perf_counter() - begun
model.wv.save_word2vec_format(output, binary=True)
print(json.dumps({"wordsPerSecond": 5 * words / seconds}))
