/**
 * Files on disk: run folder, model folder, manifest, card, metrics, provenance. Only code that
 * reads or writes them belongs here; nothing trains or translates.
 *
 * <p>Start with {@link org.yuqiao.store.RunFolder}.
 */
package org.yuqiao.store;
