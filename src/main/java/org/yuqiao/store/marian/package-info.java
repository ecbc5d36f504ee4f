/**
 * Marian models as Hugging Face publishes them (OPUS-MT), and as the toolkit itself writes them
 * (the students of Firefox Translations): from their folder to a model folder of this program. In
 * comes code that knows names and numbers of these formats; what the network computes is in {@code
 * model}.
 *
 * <p>Read {@code MarianImport} or {@code StudentImport} first.
 */
package org.yuqiao.store.marian;
