package org.yuqiao.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.yuqiao.backend.PeakMemory;
import org.yuqiao.embedding.Word2Vec;
import org.yuqiao.embedding.Word2VecAlgorithm;
import org.yuqiao.embedding.Word2VecProgress;
import org.yuqiao.embedding.Word2VecSettings;
import org.yuqiao.embedding.WordVectorFile;
import org.yuqiao.embedding.WordVectors;
import org.yuqiao.experiment.WordVectorsFolder;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code yuqiao embed train}: learns word vectors from text. */
@Command(
    name = "train",
    description = "Learns word vectors from text with CBOW or skip-gram.",
    mixinStandardHelpOptions = true)
final class EmbedTrainCommand implements Callable<Integer> {
  @Mixin private Word2VecOptions options;

  @Option(
      names = "--algorithm",
      required = true,
      paramLabel = "NAME",
      description =
          "cbow (as word2vec.c), cbow-corrected (the gradient divided by the number of context"
              + " words) or skipgram.")
  private String algorithm;

  @ArgGroup(multiplicity = "1")
  private Place place;

  /** Where the vectors go. */
  private static final class Place {
    @Option(
        names = "--output",
        required = true,
        paramLabel = "FILE",
        description = "Where the vectors go: .bin for word2vec's binary form, else its text form.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--model",
        required = true,
        paramLabel = "FOLDER",
        description =
            "Where the vectors go, with a card that says what they are and how they were made.")
    private Optional<Path> folder = Optional.empty();
  }

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    Word2VecAlgorithm chosen = Word2VecAlgorithm.of(algorithm);
    Trained trained = train(chosen);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.err.printf(
        Locale.ROOT,
        "%,d words of %d dimensions written to %s after %.1f seconds%n",
        trained.vectors().size(),
        trained.vectors().dimension(),
        place.file.or(() -> place.folder).orElseThrow(),
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

  /** What was learnt and written, with the last report. */
  private record Trained(WordVectors vectors, Word2VecProgress last) {}

  private Trained train(Word2VecAlgorithm algorithm) throws Exception {
    Word2VecSettings settings = options.settings(algorithm);
    AtomicReference<Word2VecProgress> last = new AtomicReference<>();
    try (Word2VecProgressBar bar = new Word2VecProgressBar(algorithm.title())) {
      Consumer<Word2VecProgress> listener =
          progress -> {
            last.set(progress);
            bar.accept(progress);
          };
      if (place.folder.isPresent()) {
        WordVectorsFolder folder = new WordVectorsFolder(place.folder.get());
        return new Trained(folder.train(options.side(), settings, listener), last.get());
      }
      WordVectors vectors = new Word2Vec(settings, listener).train(options.source()).vectors();
      WordVectorFile.write(vectors, place.file.orElseThrow());
      return new Trained(vectors, last.get());
    }
  }
}
