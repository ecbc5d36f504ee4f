package org.yuqiao.experiment;

import java.nio.file.Path;
import java.util.Map;
import org.yuqiao.settings.ExperimentSettings;
import org.yuqiao.text.Language;
import org.yuqiao.text.Tokenizer;

/**
 * A run to begin.
 *
 * @param folder of the run, new or empty
 * @param tokenizers of a model that translates, learned elsewhere from the same text; a language
 *     without one learns its own
 */
public record RunStart(
    ExperimentSettings settings, Path folder, Map<Language, Tokenizer> tokenizers) {}
