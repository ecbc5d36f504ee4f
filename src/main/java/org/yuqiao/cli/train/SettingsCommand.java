package org.yuqiao.cli.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yuqiao.settings.SettingsFile;
import org.yuqiao.settings.SettingsManual;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code yuqiao settings}: the reference of all settings. */
@Command(
    name = "settings",
    description = "Prints the meaning, default and allowed values of each setting.",
    mixinStandardHelpOptions = true)
public final class SettingsCommand implements Callable<Integer> {
  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "KEY",
      description = "A section or key, e.g. train or train.minutes (default: all, as YAML).")
  private Optional<String> key = Optional.empty();

  @Option(names = "--json", description = "Prints one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    SettingsManual manual = SettingsManual.load();
    List<SettingsManual.Entry> entries = key.map(manual::find).orElseGet(manual::entries);
    if (json) {
      ObjectNode root = new ObjectMapper().createObjectNode();
      for (SettingsManual.Entry entry : entries) {
        ObjectNode one = root.putObject(entry.key());
        one.set("default", entry.value());
        one.put("meaning", entry.meaning()).put("allowed", entry.allowed());
      }
      System.out.println(root);
    } else if (key.isEmpty()) {
      System.out.print(SettingsFile.manual());
    } else {
      for (SettingsManual.Entry entry : entries) {
        System.out.println(entry.key() + ": " + entry.value());
        System.out.println("    " + entry.meaning());
        System.out.println("    Allowed: " + entry.allowed() + ".");
      }
    }
    return 0;
  }
}
