package org.yuqiao.cli.embed;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.backend.tensor.PeakMemory;
import org.yuqiao.cli.console.CardOptions;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.store.WordVectorsFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao embed train}: trains word vectors. */
@Command(
    name = "train",
    description = "Trains word vectors on text with CBOW or skip-gram.",
    mixinStandardHelpOptions = true)
final class EmbedTrainCommand implements Callable<Integer> {
  @Mixin private Word2VecOptions options;

  @Option(
      names = "--algorithm",
      required = true,
      paramLabel = "NAME",
      description =
          "cbow (as in word2vec.c), cbow-corrected (gradient divided by the number of context words)"
              + " or skipgram.")
  private String algorithm;

  @ArgGroup(multiplicity = "1")
  private Destination destination;

  /** The file or folder of the vectors. */
  private static final class Destination {
    @Option(
        names = "--output",
        required = true,
        paramLabel = "FILE",
        description =
            "The file of the vectors: .bin for the binary format of word2vec, else its text format.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--model",
        required = true,
        paramLabel = "FOLDER",
        description =
            "The folder of the vectors, with a card that describes data, settings and quality.")
    private Optional<Path> folder = Optional.empty();
  }

  @Mixin private CardOptions card;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    Word2VecAlgorithm parsed = Word2VecAlgorithm.of(algorithm);
    options.refuseUnshared(parsed);
    Word2Vec.Result trained = train(parsed);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.err.printf(
        Locale.ROOT,
        "%,d words of %d dimensions written to %s after %.1f seconds%n",
        trained.vectors().size(),
        trained.vectors().dimension(),
        destination.file.or(() -> destination.folder).orElseThrow(),
        seconds);
    if (json) {
      ObjectNode object = new ObjectMapper().createObjectNode();
      object.put("wordsPerSecond", Math.round(trained.last().wordsPerSecond()));
      object.put("seconds", seconds);
      object.put("vocabulary", trained.vectors().size());
      object.put("peakMemoryMb", PeakMemory.bytes() >> 20);
      trained.last().loss().ifPresent(loss -> object.put("heldOutLoss", loss));
      System.out.println(object);
    }
    return 0;
  }

  private Word2Vec.Result train(Word2VecAlgorithm algorithm) throws Exception {
    Word2VecSettings settings = options.settings(algorithm);
    try (Word2VecProgressBar progress = new Word2VecProgressBar(algorithm.title())) {
      if (destination.folder.isPresent()) {
        return new WordVectorsFolder(destination.folder.get())
            .train(options.side(), settings, card.words(), progress);
      }
      Word2Vec.Result result = new Word2Vec(settings, progress).train(options.source());
      WordVectorFile.write(result.vectors(), destination.file.orElseThrow());
      return result;
    }
  }
}
