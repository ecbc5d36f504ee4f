/**
 * Files on disk: run folder, model folder, manifest, card, metrics, provenance. In comes what reads
 * or writes them; nothing here trains or translates.
 *
 * <p>Start with {@link org.yuqiao.store.RunFolder}.
 */
package org.yuqiao.store;
