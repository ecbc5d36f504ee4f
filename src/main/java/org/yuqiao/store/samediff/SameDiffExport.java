package org.yuqiao.store.samediff;

import java.nio.file.Path;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.graph.TranslatorExport;

/**
 * Exports a translation model as a folder that {@code SameDiff.load} reads without this project.
 */
public final class SameDiffExport {
  private final TranslatorExport export;

  /**
   * An export of {@code run}.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that graphs cannot
   *     express
   */
  public SameDiffExport(RunFolder run) {
    this.export = new TranslatorExport(run);
  }

  /**
   * Writes the folder.
   *
   * @throws org.yuqiao.files.InvalidInputException when there is no model, it has 1 GiB of weights
   *     or more, or {@code folder} is not empty
   */
  public void write(Path folder) {
    export.write(folder, "fb", SameDiffGraph::new);
  }
}
