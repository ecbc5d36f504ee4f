package org.yuqiao.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.model.ModelKind;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;

/** What a reader wants to know of a model before using it, as Markdown. */
public record ModelCard(
    Path folder,
    ExperimentSettings settings,
    Provenance provenance,
    RunResult result,
    ModelManifest manifest) {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double SECONDS_PER_MINUTE = 60;

  public String text() {
    StringBuilder text = new StringBuilder();
    text.append("# ").append(folder.getFileName()).append("\n\n");
    text.append(introduction());
    text.append("```\n").append(use()).append("```\n\n");
    text.append("## Scores\n\n").append(scores());
    text.append("\n## How it was made\n\n").append(making());
    text.append("\n## Data\n\n").append(data());
    text.append("\n## Settings\n\nWhat differs from the defaults; `settings.yaml` has all.\n\n");
    text.append("| setting | value |\n| --- | --- |\n");
    SettingsFile.changed(settings)
        .forEach((key, value) -> text.append(String.format("| `%s` | `%s` |%n", key, value)));
    text.append("\n## Limits\n\n").append(limits());
    return text.toString();
  }

  private String introduction() {
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    return String.format(
        Locale.ROOT,
        "A %s that translates %s into %s: %s, %,d parameters, %.1f MB.%n%n",
        settings.model().kind() == ModelKind.RECURRENT ? "recurrent network" : "Transformer",
        settings.source().name().equals("ZH") ? "Chinese" : "English",
        settings.target().name().equals("ZH") ? "Chinese" : "English",
        settings.model().inWords(),
        manifest.parameters(),
        bytes / BYTES_PER_MEGABYTE);
  }

  private String use() {
    String sentence = settings.source().name().equals("ZH") ? "你好。" : "Good morning.";
    return String.format(
        "echo %s | ./yuqiao translate --model %s%n./yuqiao models check %s%n",
        sentence, folder, folder);
  }

  private String scores() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d sentences of %s, beam %d. `./yuqiao models check` computes them again.%n%n",
            result.testSentences(),
            names(manifest.test()),
            settings.decode().beamSize()));
    text.append("| metric | score | signature |\n| --- | --- | --- |\n");
    for (Map.Entry<String, Double> score : manifest.scores().entrySet()) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.2f | `%s` |%n",
              score.getKey(),
              score.getValue(),
              manifest.signatures().get(score.getKey()).replace("|", "\\|")));
    }
    return text.toString();
  }

  private String making() {
    StringBuilder text = new StringBuilder("```\n");
    provenance.sessions().forEach(s -> text.append("./").append(s.command()).append('\n'));
    text.append("```\n\n");
    Provenance.Session first = provenance.sessions().get(0);
    text.append(
        String.format(
            Locale.ROOT,
            "%,d steps, %d epochs, %.1f minutes, %,.0f target tokens a second; seed"
                + " %d; Yuqiao %s, commit %s; Java %s; %s; %d cores.%n",
            result.steps(),
            result.epochs(),
            result.seconds() / SECONDS_PER_MINUTE,
            result.targetTokensPerSecond(),
            provenance.seed(),
            first.version(),
            first.commit(),
            first.java(),
            first.backend(),
            first.machine().cores()));
    return text.toString();
  }

  private String data() {
    StringBuilder text = new StringBuilder("| role | corpus | SHA-256 |\n| --- | --- | --- |\n");
    provenance
        .corpora()
        .forEach(
            (role, corpora) ->
                corpora.forEach(
                    corpus ->
                        text.append(
                            String.format(
                                "| %s | `%s` | `%s` |%n",
                                role, corpus.name(), corpus.sha256().substring(0, 16)))));
    return text.toString();
  }

  private static String names(List<Provenance.Corpus> corpora) {
    return String.join(", ", corpora.stream().map(corpus -> "`" + corpus.name() + "`").toList());
  }

  private static String limits() {
    return "Made for learning and for experiments: it knows the words and the kind of sentences of"
        + " its corpus and is often wrong beyond them. Do not rely on it where a wrong translation"
        + " does harm. License: Apache-2.0.\n";
  }
}
