package org.yuqiao.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.CorpusSide;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecProgress;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.InvalidInputException;

/**
 * Word vectors that can be copied as one thing and say what they are: the vectors in word2vec's
 * binary format, {@code vectors.json} and a card.
 */
public record WordVectorsFolder(Path path) {
  private static final String VECTORS = "vectors.bin";

  /**
   * Vectors of a file, or of such a folder, whose files are compared with what they must hold.
   *
   * @throws InvalidInputException when it is neither, or damaged
   */
  public static WordVectors read(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return WordVectorFile.read(fileOrFolder);
    }
    WordVectorsFolder folder = new WordVectorsFolder(fileOrFolder);
    folder.manifest();
    return WordVectorFile.read(fileOrFolder.resolve(VECTORS));
  }

  /**
   * What it says of itself, its files having been compared with that.
   *
   * @throws InvalidInputException when it says nothing, or is damaged
   */
  public WordVectorsManifest manifest() {
    WordVectorsManifest manifest =
        WordVectorsManifest.read(path)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        path + " holds no word vectors: no vectors.json is in it"));
    ModelManifest.check(path, manifest.files());
    return manifest;
  }

  /**
   * Learns vectors and writes the folder.
   *
   * @throws InvalidInputException when it holds something already, or the text is too short to hold
   *     sentences back for the loss
   */
  public Word2Vec.Result train(
      CorpusSide text, Word2VecSettings settings, Consumer<Word2VecProgress> listener) {
    AtomicFile.requireEmpty(path);
    List<Provenance.Corpus> corpora =
        text.files().stream().map(f -> new Provenance.Corpus(f.name(), f.sha256())).toList();
    Word2Vec.Result result = new Word2Vec(settings, listener).train(text);
    WordVectorFile.write(result.vectors(), path.resolve(VECTORS));
    WordVectorsManifest manifest =
        new WordVectorsManifest(
            WordVectorsManifest.FORMAT,
            WordVectorsManifest.VERSION,
            text.language(),
            text.segmenter(),
            settings,
            corpora,
            result.vectors().size(),
            loss(result),
            Provenance.session(settings.threads() + " threads"),
            Map.of(VECTORS, ModelManifest.Contents.of(path.resolve(VECTORS))));
    WordVectorsCard card = new WordVectorsCard(path, manifest, result.vectors());
    AtomicFile.write(path.resolve("README.md"), card.text());
    // Written last: a folder without it is no model yet.
    manifest.write(path);
    return result;
  }

  /**
   * The loss after learning them again.
   *
   * @param home the folder that the corpora's names start from
   * @throws InvalidInputException when the folder is damaged, or a corpus has changed
   */
  public double lossOfNewTraining(Path home) {
    WordVectorsManifest manifest = manifest();
    List<CorpusFiles> files =
        manifest.corpora().stream().map(corpus -> new CorpusFiles(corpus.find(home))).toList();
    CorpusSide text = new CorpusSide(files, manifest.language(), manifest.segmenter());
    return loss(new Word2Vec(manifest.settings(), progress -> {}).train(text));
  }

  private static double loss(Word2Vec.Result result) {
    return result
        .last()
        .loss()
        .orElseThrow(
            () -> new InvalidInputException("the text is too short to hold sentences back"));
  }
}
