package org.yuqiao.experiment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.yuqiao.corpus.CorpusFiles;
import org.yuqiao.embedding.CorpusSide;
import org.yuqiao.embedding.Word2Vec;
import org.yuqiao.embedding.Word2VecProgress;
import org.yuqiao.embedding.Word2VecSettings;
import org.yuqiao.embedding.WordVectorFile;
import org.yuqiao.embedding.WordVectors;
import org.yuqiao.files.AtomicFile;
import org.yuqiao.files.BadInput;

/**
 * Word vectors that can be copied as one thing and say what they are: the vectors in word2vec's
 * binary format, {@code vectors.json} and a card.
 */
public record WordVectorsFolder(Path path) {
  private static final String VECTORS = "vectors.bin";

  /**
   * Vectors of a file, or of such a folder, whose files are compared with what they must hold.
   *
   * @throws BadInput when it is neither, or damaged
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
   * @throws BadInput when it says nothing, or is damaged
   */
  public WordVectorsManifest manifest() {
    WordVectorsManifest manifest =
        WordVectorsManifest.read(path)
            .orElseThrow(
                () -> new BadInput(path + " holds no word vectors: no vectors.json is in it"));
    ModelManifest.check(path, manifest.files());
    return manifest;
  }

  /**
   * Learns vectors and writes the folder.
   *
   * @throws BadInput when it holds something already, or the text is too short to hold sentences
   *     back for the loss
   */
  public Word2Vec.Result train(
      CorpusSide text, Word2VecSettings settings, Consumer<Word2VecProgress> listener) {
    ModelExport.refuseUnlessEmpty(path);
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
   * @throws BadInput when the folder is damaged, or a corpus has changed
   */
  public double lossOfNewTraining(Path home) {
    WordVectorsManifest manifest = manifest();
    List<CorpusFiles> files =
        manifest.corpora().stream()
            .map(corpus -> new CorpusFiles(ModelCheck.found(corpus, home)))
            .toList();
    CorpusSide text = new CorpusSide(files, manifest.language(), manifest.segmenter());
    return loss(new Word2Vec(manifest.settings(), progress -> {}).train(text));
  }

  private static double loss(Word2Vec.Result result) {
    return result
        .last()
        .loss()
        .orElseThrow(() -> new BadInput("the text is too short to hold sentences back"));
  }
}
