package org.yuqiao.corpus.augment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.yuqiao.corpus.pair.SentencePair;
import org.yuqiao.text.Language;

/**
 * Makes variants of training pairs: several sentences on a line, no final punctuation, lower case,
 * copied tokens, Chinese names, typing errors, placeholders for protected spans. The same pairs in
 * the same order and the same seed give the same variants.
 */
public final class Augmentation {
  /** Pairs among which the beginning of a joined pair is drawn. */
  private static final int RECENT = 64;

  private static final Pattern FINAL_MARK = Pattern.compile("[。.！!？?]$");

  private final AugmentationSettings settings;
  private final Language source;
  private final SplittableRandom random;
  private final CopiedTokens tokens;
  private final ChineseNames names;
  private final Optional<Misspelling> misspelling;
  private final Optional<PlaceholderVariant> placeholders;
  private final List<SentencePair> recent = new ArrayList<>();
  private int oldest;

  /**
   * Variants for a model that translates from {@code source}.
   *
   * @param protect whether each pair has a variant with placeholders for the protected spans that
   *     both sides have
   */
  public Augmentation(AugmentationSettings settings, Language source, long seed, boolean protect) {
    this.settings = settings;
    this.source = source;
    this.random = new SplittableRandom(seed);
    this.tokens = new CopiedTokens(random.split());
    this.names = new ChineseNames(new SplittableRandom(seed + 1));
    this.misspelling =
        settings.misspelled() > 0
            ? Optional.of(new Misspelling(source, new SplittableRandom(seed + 2)))
            : Optional.empty();
    this.placeholders =
        protect ? Optional.of(new PlaceholderVariant(source, seed)) : Optional.empty();
  }

  /** The variants of {@code pair} that are trained on besides it. */
  public List<SentencePair> variants(SentencePair pair) {
    if (settings.hasNone() && placeholders.isEmpty()) {
      return List.of();
    }
    List<SentencePair> variants = new ArrayList<>();
    add(variants, settings.joined(), () -> joined(pair));
    add(variants, settings.unpunctuated(), () -> unpunctuated(pair));
    add(variants, settings.lowercased(), () -> lowercased(pair));
    add(variants, settings.copied(), () -> Optional.of(tokens.into(pair)));
    add(variants, settings.named(), () -> names.into(pair));
    add(variants, settings.misspelled(), () -> misspelling.flatMap(errors -> errors.in(pair)));
    placeholders.ifPresent(
        kind ->
            Stream.concat(Stream.of(pair), List.copyOf(variants).stream())
                .forEach(one -> kind.of(one).ifPresent(variants::add)));
    return variants;
  }

  private void add(
      List<SentencePair> variants, double probability, Supplier<Optional<SentencePair>> variant) {
    if (probability > 0 && random.nextDouble() < probability) {
      variant.get().ifPresent(variants::add);
    }
  }

  /** The pair behind one or two recent ones; only whole sentences are joined. */
  private Optional<SentencePair> joined(SentencePair pair) {
    if (!isSentence(pair)) {
      return Optional.empty();
    }
    StringBuilder chinese = new StringBuilder();
    StringBuilder english = new StringBuilder();
    int others = recent.isEmpty() ? 0 : 1 + random.nextInt(2);
    for (int i = 0; i < others; i++) {
      SentencePair other = recent.get(random.nextInt(recent.size()));
      chinese.append(other.chinese());
      english.append(other.english()).append(' ');
    }
    remember(pair);
    return others == 0
        ? Optional.empty()
        : Optional.of(
            new SentencePair(chinese + pair.chinese(), english + pair.english(), pair.origin()));
  }

  private void remember(SentencePair pair) {
    if (recent.size() < RECENT) {
      recent.add(pair);
    } else {
      recent.set(oldest, pair);
      oldest = (oldest + 1) % RECENT;
    }
  }

  private static boolean isSentence(SentencePair pair) {
    return FINAL_MARK.matcher(pair.chinese()).find() && FINAL_MARK.matcher(pair.english()).find();
  }

  private static Optional<SentencePair> unpunctuated(SentencePair pair) {
    String chinese = FINAL_MARK.matcher(pair.chinese()).replaceFirst("");
    String english = FINAL_MARK.matcher(pair.english()).replaceFirst("");
    return isSentence(pair) && !chinese.isBlank() && !english.isBlank()
        ? Optional.of(new SentencePair(chinese, english, pair.origin()))
        : Optional.empty();
  }

  private Optional<SentencePair> lowercased(SentencePair pair) {
    SentencePair lower = pair.with(source, pair.side(source).toLowerCase(Locale.ROOT));
    return lower.equals(pair) ? Optional.empty() : Optional.of(lower);
  }
}
