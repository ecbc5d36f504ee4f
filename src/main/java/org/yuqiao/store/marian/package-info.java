/**
 * Marian models as Hugging Face publishes them (OPUS-MT): from their folder to a model folder of
 * this program. In comes code that knows names and numbers of that format; what the network
 * computes is in {@code model}.
 *
 * <p>Read {@code MarianImport} first.
 */
package org.yuqiao.store.marian;
