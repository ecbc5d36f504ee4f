package org.yuqiao.store.marian;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.ReportTemplate;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.store.ModelManifest;
import org.yuqiao.store.RunFolder;
import org.yuqiao.text.Language;

/**
 * The model card of an imported model, {@code README.md}. Components and methods are the names in
 * {@code imported-card.md}.
 *
 * @param folder of the imported model
 * @param origin the name of the folder it came from
 * @param format of that folder, as a phrase
 * @param license of the weights, where it is known
 * @param manifest of the imported model
 */
public record ImportedCard(
    Path folder, Path origin, String format, Optional<String> license, ModelManifest manifest) {
  private static final String FILE = "README.md";
  private static final double BYTES_PER_MEGABYTE = 1e6;

  /** Writes the card. */
  public void write() {
    String text =
        ReportTemplate.of(ImportedCard.class, "imported-card.md", ReportTemplate::markdown)
            .render(this);
    AtomicFile.write(folder.resolve(FILE), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private ExperimentSettings settings() {
    return new RunFolder(folder).loadSettings();
  }

  String name() {
    return folder.toAbsolutePath().normalize().getFileName().toString();
  }

  String from() {
    return settings().source().englishName();
  }

  String to() {
    return settings().target().englishName();
  }

  String sizes() {
    return settings().model().summary();
  }

  String parameters() {
    return String.format(Locale.ROOT, "%,d", manifest.parameters());
  }

  String megabytes() {
    long bytes = manifest.files().values().stream().mapToLong(ModelManifest.Contents::bytes).sum();
    return String.format(Locale.ROOT, "%.1f", bytes / BYTES_PER_MEGABYTE);
  }

  String example() {
    return settings().source() == Language.ZH ? "你好。" : "Good morning.";
  }

  List<Map.Entry<String, String>> changes() {
    return List.copyOf(SettingsFile.changed(settings()).entrySet());
  }

  String terms() {
    return license.orElse("That of the model's authors; see its page.");
  }
}
