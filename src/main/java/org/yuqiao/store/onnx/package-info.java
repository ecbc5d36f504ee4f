/**
 * Translation models as ONNX graphs. In comes code that says how an operation is written in ONNX.
 *
 * <p>Read {@code OnnxGraph} first.
 */
package org.yuqiao.store.onnx;
