package org.yuqiao.spark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.IoError;
import org.yuqiao.files.Sha256;
import org.yuqiao.files.shard.Shard;

/** Compares shards with the hashes of their manifest, each in a task. */
final class ShardHashes {
  private ShardHashes() {}

  private record Stored(String path, String name, Shard shard) implements Serializable {}

  /**
   * Reads those of {@code files} that are shards of a manifest. A shard that was changed fails the
   * job: Spark's exception has the {@link InvalidInputException} as its cause.
   */
  static void check(JavaSparkContext context, List<ClusterFiles.Named> files) {
    List<Stored> shards = new ArrayList<>();
    files.forEach(
        file ->
            file.shard()
                .ifPresent(
                    shard -> shards.add(new Stored(file.path().toString(), file.name(), shard))));
    if (!shards.isEmpty()) {
      SerializableConfiguration hadoop =
          new SerializableConfiguration(context.hadoopConfiguration());
      context
          .parallelize(shards, shards.size())
          .foreach(shard -> shard.shard().requireHash(shard.name(), hash(shard, hadoop)));
    }
  }

  private static String hash(Stored shard, SerializableConfiguration hadoop) {
    MessageDigest digest = Sha256.digest();
    Path path = new Path(shard.path());
    try (InputStream in =
        new DigestInputStream(path.getFileSystem(hadoop.value()).open(path), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new InvalidInputException("cannot read " + shard.name() + ": " + IoError.message(e), e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
