package org.yuqiao.cli.translate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yuqiao.decode.heads.AttentionTarget;
import org.yuqiao.decode.heads.HeadAlignment;
import org.yuqiao.decode.heads.HeadProfile;
import org.yuqiao.decode.trace.AttentionHead;
import org.yuqiao.decode.trace.AttentionKind;
import org.yuqiao.evaluate.alignment.AlignmentScores;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.inference.HeadAnalysis;

/** The measured part of a page on attention heads, in Markdown, between two marks of the page. */
record HeadsPage(String inputs, List<ExaminedModel> models) {
  static final String BEGIN = "<!-- heads: written by ./yuqiao heads --page -->";
  static final String END = "<!-- /heads -->";

  /** The share of all attention that makes a type by the stricter rule. */
  private static final double STRICT = 0.5;

  /**
   * Reads a page.
   *
   * @throws InvalidInputException if it cannot be read or lacks a mark
   */
  static String read(Path file) {
    String page;
    try {
      page = Files.readString(file);
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + file + ": " + IoError.message(e), e);
    }
    int begin = page.indexOf(BEGIN);
    InvalidInputException.require(
        begin >= 0 && page.indexOf(END) > begin,
        file + ": expected the lines \"" + BEGIN + "\" and \"" + END + "\" to write between");
    return page;
  }

  /** {@code page} with this part between its marks. */
  String into(String page) {
    return page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
        + "\n"
        + text()
        + page.substring(page.indexOf(END));
  }

  private String text() {
    return setUp() + types() + alignments() + pruning() + answer();
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private String each(Function<ExaminedModel, String> sentence, String separator) {
    return models.stream().map(sentence).collect(Collectors.joining(separator));
  }

  private String setUp() {
    return "| model | size, seed | SHA-256 of the weights |\n| --- | --- | --- |\n"
        + each(
            model ->
                format("| %s | %s | `%s` |%n", model.name(), model.description(), model.sha256()),
            "")
        + "\n"
        + inputs
        + "\n\n";
  }

  private String types() {
    StringBuilder text = new StringBuilder("**Heads by type**\n\n| attention | heads |");
    for (AttentionTarget target : AttentionTarget.values()) {
      text.append(' ').append(word(target)).append(" |");
    }
    text.append(" mixed |\n| --- | ---: |")
        .append(" ---: |".repeat(AttentionTarget.values().length + 1))
        .append('\n');
    for (ExaminedModel model : models) {
      for (AttentionKind kind : AttentionKind.values()) {
        text.append(typeRow(model, kind));
      }
    }
    return text.append('\n')
        .append("By the stricter rule, half of all attention on the target: ")
        .append(each(HeadsPage::strictTypes, "; "))
        .append(".\n\n")
        .toString();
  }

  private static List<HeadProfile> profiles(ExaminedModel model, AttentionKind kind) {
    return model.survey().heads().entrySet().stream()
        .filter(head -> head.getKey().kind() == kind)
        .map(head -> head.getValue())
        .toList();
  }

  private static String typeRow(ExaminedModel model, AttentionKind kind) {
    List<HeadProfile> profiles = profiles(model, kind);
    if (profiles.isEmpty()) {
      return "";
    }
    StringBuilder row =
        new StringBuilder(
            format("| %s, %s | %d |", model.name(), HeadsOutput.title(kind), profiles.size()));
    for (AttentionTarget target : AttentionTarget.values()) {
      boolean applies = model.survey().uniform().get(kind).shares().containsKey(target);
      long heads =
          profiles.stream().filter(head -> head.type().equals(Optional.of(target))).count();
      row.append(applies ? " " + heads + " |" : " |");
    }
    long mixed = profiles.stream().filter(head -> head.type().isEmpty()).count();
    return row.append(" ").append(mixed).append(" |\n").toString();
  }

  private static String strictTypes(ExaminedModel model) {
    List<String> found = new ArrayList<>();
    for (AttentionTarget target : AttentionTarget.values()) {
      long heads =
          model.survey().heads().values().stream()
              .filter(head -> head.shares().getOrDefault(target, 0.0) >= STRICT)
              .count();
      if (heads > 0) {
        found.add(heads + " " + word(target));
      }
    }
    return model.name() + " " + (found.isEmpty() ? "none" : String.join(", ", found));
  }

  private String alignments() {
    StringBuilder text =
        new StringBuilder(
            "**Word alignment**: alignment error rate in percent, lower is better, with its 95 percent"
                + " interval over sentence pairs.\n\n| from |");
    models.forEach(model -> text.append(' ').append(model.name()).append(" |"));
    text.append("\n| --- |").append(" ---: |".repeat(models.size())).append('\n');
    text.append(row("links along the diagonal", model -> rate(model.survey().diagonal())));
    int layers =
        models.stream()
            .flatMap(model -> model.survey().alignments().stream())
            .mapToInt(HeadAlignment::layer)
            .max()
            .orElse(0);
    for (int i = 1; i <= layers; i++) {
      int layer = i;
      text.append(
          row(
              "mean of layer " + layer,
              model ->
                  mean(model, layer)
                      .map(one -> rate(one.predicting()) + used(model, layer))
                      .orElse("")));
    }
    text.append(
        row(
            "best single head",
            model -> {
              HeadAlignment best = bestHead(model);
              return rate(best.predicting())
                  + format(", layer %d head %d", best.layer(), best.head().orElseThrow());
            }));
    text.append(
        row(
            "mean of that layer *, when the word is read instead of predicted",
            model -> rate(mean(model, model.survey().alignedLayer()).orElseThrow().reading())));
    text.append("\n\\* the layer that `translate --alignments` uses\n\n");
    models.forEach(
        model ->
            text.append(
                format(
                    "![alignment error rate of each head of cross-attention, %1$s]"
                        + "(%1$s.png)%n%n",
                    model.name())));
    return text.toString();
  }

  private String row(String name, Function<ExaminedModel, String> cell) {
    return "| " + name + " | " + each(cell, " | ") + " |\n";
  }

  private static String rate(AlignmentScores scores) {
    return format(
        "%.1f (%.1f to %.1f)",
        scores.errorRate(), scores.interval().low(), scores.interval().high());
  }

  private static String used(ExaminedModel model, int layer) {
    return layer == model.survey().alignedLayer() ? " *" : "";
  }

  private static Optional<HeadAlignment> mean(ExaminedModel model, int layer) {
    return model.survey().alignments().stream()
        .filter(one -> one.head().isEmpty() && one.layer() == layer)
        .findFirst();
  }

  private static HeadAlignment best(ExaminedModel model, boolean isMean) {
    return model.survey().alignments().stream()
        .filter(one -> one.head().isEmpty() == isMean)
        .min(Comparator.comparingDouble(one -> one.predicting().errorRate()))
        .orElseThrow();
  }

  private static HeadAlignment bestHead(ExaminedModel model) {
    return best(model, false);
  }

  private String pruning() {
    return "**Pruning**: the output of one head after the other set to zero.\n\n"
        + row("", ExaminedModel::name)
        + row("---", model -> "---")
        + row("BLEU of the whole model", model -> format("%.2f", model.pruning().whole().bleu()))
        + row(
            "change of BLEU without one head",
            model -> format("%+.2f to %+.2f", model.lowestChange(), model.highestChange()))
        + row(
            "perplexity of the whole model",
            model -> format("%.3f", model.pruning().whole().perplexity()))
        + row(
            "perplexity without one head",
            model -> format("%.3f to %.3f", model.lowestPerplexity(), model.highestPerplexity()))
        + row("head that perplexity needs most", HeadsPage::mostNeeded)
        + row(
            "heads whose removal changes BLEU, p < 0.05 after Holm's correction",
            model -> model.significant() + " of " + model.pruning().heads().size())
        + row(
            "the same before the correction",
            model ->
                model.pruning().heads().stream().filter(head -> head.pValue() < 0.05).count()
                    + " of "
                    + model.pruning().heads().size())
        + "\n";
  }

  private static String mostNeeded(ExaminedModel model) {
    HeadAnalysis.Pruned most =
        model.pruning().heads().stream()
            .max(Comparator.comparingDouble(head -> head.score().perplexity()))
            .orElseThrow();
    AttentionHead head = most.head();
    return format(
        "%s, layer %d head %d", HeadsOutput.title(head.kind()), head.layer(), head.head());
  }

  private String answer() {
    return "**Answer.** Word alignment by cross-attention: "
        + each(
            model -> {
              HeadAlignment layer = best(model, true);
              return format(
                  "in %s the mean of layer %d has an error rate of %.1f %%, the best single head"
                      + " %.1f %%, the diagonal %.1f %%",
                  model.name(),
                  layer.layer(),
                  layer.predicting().errorRate(),
                  bestHead(model).predicting().errorRate(),
                  model.survey().diagonal().errorRate());
            },
            "; ")
        + ". Models without one of their heads: "
        + each(
            model ->
                format(
                    "in %s BLEU changes by more than chance for %d of %d heads, and perplexity rises"
                        + " by at most %.1f %%",
                    model.name(),
                    model.significant(),
                    model.pruning().heads().size(),
                    model.perplexityRise()),
            "; ")
        + ".\n";
  }
}
