/**
 * A text in shards: files of lines in a folder, a manifest with their sizes and hashes, and a mark
 * of completeness that is written last.
 *
 * <p>The folder is the same whether one machine or many wrote it. Read {@link
 * org.yuqiao.files.shard.ShardManifest} first.
 */
package org.yuqiao.files.shard;
