package org.yuqiao.store;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yuqiao.files.ReportTemplate;
import org.yuqiao.model.ModelKind;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.text.Language;

/**
 * The model card of a translation model, as Markdown. Components and methods are the names in
 * {@code model-card.md}.
 */
public record ModelCard(
    Path folder,
    ExperimentSettings settings,
    Provenance provenance,
    RunResult result,
    ModelManifest manifest,
    Words words) {
  private static final double BYTES_PER_MEGABYTE = 1e6;
  private static final double SECONDS_PER_MINUTE = 60;
  private static final int HASH_CHARACTERS = 16;

  /**
   * What only the person who exports a model knows.
   *
   * @param license of the weights
   * @param notes Markdown sections, as of sources with their licenses and of other scores; may be
   *     empty
   */
  public record Words(String license, String notes) {
    /** The license of the project and no notes. */
    public static final Words DEFAULT = new Words("Apache-2.0", "");
  }

  /** A test score. */
  record Score(String metric, String value, String signature) {}

  /** A corpus with the first characters of its SHA-256. */
  record HashedCorpus(String role, String name, String hash) {
    static HashedCorpus of(String role, Provenance.Corpus corpus) {
      return new HashedCorpus(role, corpus.name(), corpus.sha256().substring(0, HASH_CHARACTERS));
    }
  }

  /** The card as Markdown. */
  public String text() {
    return ReportTemplate.of(ModelCard.class, "model-card.md", ReportTemplate::markdown)
        .render(this);
  }

  Path name() {
    return folder.getFileName();
  }

  String network() {
    return settings.model().kind() == ModelKind.RECURRENT ? "recurrent network" : "Transformer";
  }

  String from() {
    return settings.source().englishName();
  }

  String to() {
    return settings.target().englishName();
  }

  String sizes() {
    return settings.model().summary();
  }

  String parameters() {
    return format("%,d", manifest.parameters());
  }

  String megabytes() {
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    return format("%.1f", bytes / BYTES_PER_MEGABYTE);
  }

  String example() {
    return settings.source() == Language.ZH ? "你好。" : "Good morning.";
  }

  int beam() {
    return settings.decode().beamSize();
  }

  List<Score> scores() {
    return manifest.scores().entrySet().stream()
        .map(
            score ->
                new Score(
                    score.getKey(),
                    format("%.2f", score.getValue()),
                    manifest.signatures().get(score.getKey())))
        .toList();
  }

  String steps() {
    return format("%,d", result.steps());
  }

  String minutes() {
    return format("%.1f", result.seconds() / SECONDS_PER_MINUTE);
  }

  String targetTokensPerSecond() {
    return format("%,.0f", result.targetTokensPerSecond());
  }

  /** The first session. */
  Provenance.Session session() {
    return provenance.sessions().get(0);
  }

  List<HashedCorpus> corpora() {
    return provenance.corpora().entrySet().stream()
        .flatMap(role -> role.getValue().stream().map(c -> HashedCorpus.of(role.getKey(), c)))
        .toList();
  }

  /** The settings that differ from the defaults. */
  List<Map.Entry<String, String>> changes() {
    return List.copyOf(SettingsFile.changed(settings).entrySet());
  }

  private static String format(String format, Object value) {
    return String.format(Locale.ROOT, format, value);
  }
}
