package org.yuqiao.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.yuqiao.backend.PeakMemory;
import org.yuqiao.embedding.Word2Vec;
import org.yuqiao.embedding.Word2VecAlgorithm;
import org.yuqiao.embedding.WordVectorFile;
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

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FILE",
      description = "Where the vectors go: .bin for word2vec's binary form, else its text form.")
  private Path output;

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    long start = System.nanoTime();
    Word2VecAlgorithm chosen = Word2VecAlgorithm.of(algorithm);
    Word2Vec.Result result;
    try (Word2VecProgressBar progress = new Word2VecProgressBar(chosen.title())) {
      result = new Word2Vec(options.settings(chosen), progress).train(options.source());
    }
    WordVectorFile.write(result.vectors(), output);
    double seconds = (System.nanoTime() - start) * 1e-9;
    System.err.printf(
        Locale.ROOT,
        "%,d words of %d dimensions written to %s after %.1f seconds%n",
        result.vectors().size(),
        result.vectors().dimension(),
        output,
        seconds);
    if (json) {
      ObjectNode object = new ObjectMapper().createObjectNode();
      object.put("wordsPerSecond", Math.round(result.last().wordsPerSecond()));
      object.put("seconds", seconds);
      object.put("vocabulary", result.vectors().size());
      object.put("peakMemoryMb", PeakMemory.bytes() >> 20);
      result.last().loss().ifPresent(loss -> object.put("heldOutLoss", loss));
      System.out.println(object);
    }
    return 0;
  }
}
