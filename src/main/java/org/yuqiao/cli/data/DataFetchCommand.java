package org.yuqiao.cli.data;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.yuqiao.cli.console.LineProgress;
import org.yuqiao.cli.console.UsageException;
import org.yuqiao.corpus.fetch.CorpusFetch;
import org.yuqiao.corpus.fetch.CorpusRegistry;
import org.yuqiao.corpus.fetch.PublicCorpus;
import org.yuqiao.files.InvalidInputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao data fetch}: a public corpus or test set from where it is published. */
@Command(
    name = "fetch",
    description = {
      "Downloads a public corpus or test set and writes it as TSV into data/NAME.",
      "A broken download continues when the command is given again. Proxies are read from"
          + " https_proxy, http_proxy and no_proxy."
    },
    mixinStandardHelpOptions = true)
final class DataFetchCommand implements Callable<Integer> {
  private static final double MEBIBYTE = 1 << 20;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "NAME",
      description = "The corpus; --list shows all.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--list", description = "Lists the corpora with size and license.")
  private boolean list;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The folder to write (default: data/NAME).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "Takes the files from a folder where they were downloaded before.")
  private Optional<Path> from = Optional.empty();

  @Option(
      names = "--registry",
      paramLabel = "FILE",
      description = "A YAML file with more corpora; docs/data.md shows its form.")
  private Optional<Path> registry = Optional.empty();

  @Option(names = "--force", description = "Fetches a corpus that is there already.")
  private boolean force;

  @Override
  public Integer call() {
    CorpusRegistry corpora = CorpusRegistry.ofProgram();
    if (registry.isPresent()) {
      corpora = corpora.with(registry.get());
    }
    if (list) {
      corpora.corpora().forEach((key, corpus) -> System.out.println(line(key, corpus)));
      return 0;
    }
    String wanted =
        name.orElseThrow(
            () -> new UsageException("expected the name of a corpus; --list shows all"));
    PublicCorpus corpus = corpora.corpus(wanted);
    Path folder = out.orElse(Path.of("data", wanted));
    CorpusFetch fetch = new CorpusFetch(wanted, corpus, folder, System.getenv());
    InvalidInputException.require(
        force || !fetch.isThere(), folder + " is there already; --force fetches it again");
    System.err.println(wanted + ": " + corpus.license() + "; " + corpus.attribution());
    written(folder, from.isPresent() ? fetch.writeFrom(from.get()) : download(fetch, corpus));
    return 0;
  }

  private static Map<String, Integer> download(CorpusFetch fetch, PublicCorpus corpus) {
    OptionalLong bytes =
        corpus.bytes() == 0 ? OptionalLong.empty() : OptionalLong.of(corpus.bytes());
    try (LineProgress progress = new LineProgress("downloading", "bytes", bytes)) {
      return fetch.run(progress::add);
    }
  }

  private static void written(Path folder, Map<String, Integer> files) {
    files.forEach(
        (file, pairs) -> System.out.println(pairs + " pairs written to " + folder.resolve(file)));
  }

  private static String line(String key, PublicCorpus corpus) {
    return String.format(
        Locale.ROOT,
        "%-16s %,9d pairs %7.1f MB  %s  %s",
        key,
        corpus.pairs(),
        corpus.bytes() / MEBIBYTE,
        corpus.license(),
        corpus.about());
  }
}
