/**
 * Models trained here as folders that Hugging Face Transformers loads: configuration, weights and
 * tokenizers of the nearest class. In comes code that knows the names and numbers of these classes;
 * imported models go back through {@code store.marian}.
 *
 * <p>Read {@code HuggingFaceExport} first.
 */
package org.yuqiao.store.huggingface;
