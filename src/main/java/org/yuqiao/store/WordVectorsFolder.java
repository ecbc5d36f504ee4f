package org.yuqiao.store;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yuqiao.corpus.read.CorpusFiles;
import org.yuqiao.embedding.io.UnicodeErrors;
import org.yuqiao.embedding.io.WordVectorFile;
import org.yuqiao.embedding.vectors.WordVectors;
import org.yuqiao.embedding.word2vec.CorpusSide;
import org.yuqiao.embedding.word2vec.Word2Vec;
import org.yuqiao.embedding.word2vec.Word2VecProgress;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.FilePath;
import org.yuqiao.files.InvalidInputException;
import org.yuqiao.files.OutputFolder;

/**
 * A folder of trained word vectors: the vectors in word2vec's binary format, the manifest {@code
 * vectors.json} and a model card.
 */
public record WordVectorsFolder(Path path) {
  private static final String VECTORS = "vectors.bin";

  /**
   * Reads word vectors from a file, or from a folder after verifying its hashes.
   *
   * @throws InvalidInputException if it is neither, or damaged
   */
  public static WordVectors read(Path fileOrFolder) {
    return read(fileOrFolder, UnicodeErrors.STRICT);
  }

  /** As {@link #read(Path)}; {@code errors} is for words of a file that are not UTF-8. */
  public static WordVectors read(Path fileOrFolder, UnicodeErrors errors) {
    if (!Files.isDirectory(fileOrFolder)) {
      return WordVectorFile.read(fileOrFolder, errors);
    }
    WordVectorsFolder folder = new WordVectorsFolder(fileOrFolder);
    folder.manifest();
    return WordVectorFile.read(fileOrFolder.resolve(VECTORS));
  }

  /**
   * The manifest, after verifying the hashes.
   *
   * @throws InvalidInputException if there is none, or a file is damaged
   */
  public WordVectorsManifest manifest() {
    WordVectorsManifest manifest =
        WordVectorsManifest.read(path)
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        path + " is not a folder of word vectors: there is no vectors.json"));
    ModelManifest.check(path, manifest.files());
    return manifest;
  }

  /**
   * Trains word vectors and writes the folder.
   *
   * @param words what the card says of license and sources
   * @throws InvalidInputException if the folder is not empty, or the text is too short for held-out
   *     sentences
   */
  public Word2Vec.Result train(
      CorpusSide text,
      Word2VecSettings settings,
      ModelCard.Words words,
      Consumer<Word2VecProgress> listener) {
    OutputFolder.requireFree(path, List.of(VECTORS, "README.md"), WordVectorsManifest.FILE);
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
    WordVectorsCard card = new WordVectorsCard(path, manifest, result.vectors(), words);
    AtomicFile.write(path.resolve("README.md"), card.text());
    // Written last: it marks the folder as complete.
    manifest.write(path);
    return result;
  }

  /**
   * The corpora of the training that are not below {@code home}: without them it isn't repeated.
   */
  public List<String> missingCorpora(Path home) {
    return manifest().corpora().stream()
        .map(Provenance.Corpus::name)
        .filter(
            name ->
                !new CorpusFiles(home.resolve(FilePath.of(name)).toString())
                    .paths().stream().allMatch(Files::exists))
        .toList();
  }

  /**
   * The held-out loss of the same training, repeated.
   *
   * @param home the folder that the corpora's names are relative to
   * @throws InvalidInputException if the folder is damaged, or a corpus has changed
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
            () -> new InvalidInputException("the text is too short for held-out sentences"));
  }
}
