package org.yuqiao.store.onnx;

import java.nio.file.Path;
import org.yuqiao.store.RunFolder;
import org.yuqiao.store.graph.TranslatorExport;

/** Exports a translation model as a folder that ONNX Runtime reads. */
public final class OnnxExport {
  private final TranslatorExport export;

  /**
   * An export of {@code run}.
   *
   * @throws org.yuqiao.files.InvalidInputException with the name of the setting that graphs cannot
   *     express
   */
  public OnnxExport(RunFolder run) {
    this.export = new TranslatorExport(run);
  }

  /**
   * Writes the folder.
   *
   * @throws org.yuqiao.files.InvalidInputException when there is no model, it has about 2 GiB of
   *     weights or more, or {@code folder} is not empty
   */
  public void write(Path folder) {
    export.write(folder, "onnx", OnnxGraph::new);
  }
}
