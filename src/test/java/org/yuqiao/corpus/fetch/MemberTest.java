package org.yuqiao.corpus.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yuqiao.files.InvalidInputException;

class MemberTest {
  private static final String SEGMENTS =
      "<doc>\n<seg id=\"1\"> A &amp; B </seg>\n<seg>C</seg> <seg>D</seg>\n</doc>\n";

  @TempDir private Path folder;

  /** A stream that writes into another one. */
  @FunctionalInterface
  private interface Format {
    OutputStream into(OutputStream out) throws IOException;
  }

  private void write(String file, Format format, String text) throws IOException {
    try (OutputStream out = format.into(Files.newOutputStream(folder.resolve(file)))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static OutputStream tar(OutputStream out, String name, int length) throws IOException {
    TarArchiveOutputStream tar = new TarArchiveOutputStream(out);
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(length);
    tar.putArchiveEntry(entry);
    return new java.io.FilterOutputStream(tar) {
      @Override
      public void close() throws IOException {
        tar.closeArchiveEntry();
        tar.close();
      }
    };
  }

  private String copied(String member) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Member.parse(member).copy(folder, out);
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aPlainFileMayBeCompressed() throws IOException {
    write("a.txt", out -> out, "plain");
    write("a.gz", GzipCompressorOutputStream::new, "gzip");
    write("a.bz2", BZip2CompressorOutputStream::new, "bzip2");
    write("a.xz", XZCompressorOutputStream::new, "xz");
    assertEquals("plain", copied("a.txt"));
    assertEquals("gzip", copied("a.gz"));
    assertEquals("bzip2", copied("a.bz2"));
    assertEquals("xz", copied("a.xz"));
  }

  @Test
  void aTarFileMayBeCompressedOrNot() throws IOException {
    write("a.tar", out -> tar(out, "x.txt", 3), "tar");
    write("a.tgz", out -> tar(new GzipCompressorOutputStream(out), "./d/x.txt", 3), "tgz");
    assertEquals("tar", copied("a.tar!x.txt"));
    assertEquals("tgz", copied("a.tgz!d/x.txt"));
    assertEquals(
        "a.tar has no file y.txt",
        assertThrows(InvalidInputException.class, () -> copied("a.tar!y.txt")).getMessage());
  }

  @Test
  void segmentsOfTestSetsLoseTheirTags() throws IOException {
    write("t.sgm", out -> out, SEGMENTS);
    assertEquals("A & B\nC\nD\n", copied("t.sgm"));
    write("T.SGM", out -> out, "<seg>&lt;b&gt; &quot;q&quot; &apos;a&apos; &amp;lt;</seg>");
    assertEquals("<b> \"q\" 'a' &lt;\n", copied("T.SGM"));
  }

  @Test
  void theNameInTheArchiveSaysWhatItIs() throws IOException {
    Format zip =
        out -> {
          ZipOutputStream archive = new ZipOutputStream(out);
          archive.putNextEntry(new ZipEntry("t.sgm"));
          return archive;
        };
    write("A.ZIP", zip, SEGMENTS);
    assertEquals("A & B\nC\nD\n", copied("A.ZIP!t.sgm"));
    assertEquals(
        "A.ZIP has no file t.txt",
        assertThrows(InvalidInputException.class, () -> copied("A.ZIP!t.txt")).getMessage());
  }

  @Test
  void aCompressionThatIsNotSupportedIsNamed() throws IOException {
    Files.write(folder.resolve("a.zst"), new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD, 0, 0});
    assertEquals(
        "cannot read "
            + folder.resolve("a.zst")
            + ": it is compressed with zstd, which is not supported",
        assertThrows(InvalidInputException.class, () -> copied("a.zst")).getMessage());
  }

  @Test
  void itIsNamedAsItIsWritten() {
    assertEquals("a.zip!b!c", Member.parse("a.zip!b!c").toString());
    assertEquals("b!c", Member.parse("a.zip!b!c").path());
    assertEquals("a.txt", Member.parse("a.txt").toString());
  }
}
