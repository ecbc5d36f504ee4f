package org.yuqiao.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.decode.DecodingSettings;
import org.yuqiao.experiment.RunFolder;
import org.yuqiao.experiment.TrainedModel;
import org.yuqiao.files.BadInput;
import org.yuqiao.files.Utf8Lines;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code yuqiao translate}: standard input to standard output, a line for a line. */
@Command(
    name = "translate",
    description = "Translates standard input, one line for each line.",
    mixinStandardHelpOptions = true)
final class TranslateCommand implements Callable<Integer> {
  /** Lines that are read before they are translated together. */
  private static final int CHUNK = 2000;

  @Option(names = "--model", required = true, paramLabel = "RUN", description = "The run's folder.")
  private Path model;

  @Option(
      names = "--beam",
      paramLabel = "N",
      description = "Hypotheses kept; otherwise as the run's settings say.")
  private Optional<Integer> beam = Optional.empty();

  @Option(
      names = "--length-penalty",
      paramLabel = "ALPHA",
      description = "0 favours short translations.")
  private Optional<Double> lengthPenalty = Optional.empty();

  @Option(
      names = "--nbest",
      paramLabel = "N",
      description = "Prints the N best, each as: line number, tab, score, tab, translation.")
  private int nbest;

  @Option(names = "--threads", paramLabel = "N", description = "0: one a processor.")
  private int threads;

  @Override
  public Integer call() {
    RunFolder run = new RunFolder(model);
    DecodingSettings decoding = settings(run.loadSettings().decode());
    if (nbest > decoding.beam()) {
      throw new BadInput(
          "--nbest " + nbest + " needs a beam of at least as many; give --beam " + nbest);
    }
    try (TrainedModel trained = new TrainedModel(run, decoding, Threading.backend(threads));
        Utf8Lines lines = new Utf8Lines(System.in, "standard input")) {
      List<String> chunk = new ArrayList<>();
      long first = 1;
      Optional<String> line = lines.next();
      while (line.isPresent()) {
        chunk.add(line.get());
        line = lines.next();
        if (chunk.size() == CHUNK || line.isEmpty()) {
          print(trained.translate(chunk, done -> {}), first);
          first += chunk.size();
          chunk.clear();
        }
      }
    }
    return 0;
  }

  private DecodingSettings settings(DecodingSettings ofRun) {
    return new DecodingSettings(
        beam.orElse(Math.max(nbest, ofRun.beam())),
        lengthPenalty.orElse(ofRun.lengthPenalty()),
        ofRun.coveragePenalty(),
        ofRun.minimumRatio(),
        ofRun.maximumRatio(),
        ofRun.noRepeatNgram(),
        ofRun.repetitionPenalty());
  }

  private void print(List<List<TrainedModel.Translation>> translations, long first) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < translations.size(); i++) {
      List<TrainedModel.Translation> best = translations.get(i);
      if (nbest == 0) {
        text.append(best.get(0).text()).append('\n');
      }
      for (int n = 0; n < Math.min(nbest, best.size()); n++) {
        text.append(
            String.format(
                Locale.ROOT, "%d\t%.4f\t%s\n", first + i, best.get(n).score(), best.get(n).text()));
      }
    }
    System.out.print(text);
    System.out.flush();
  }
}
