/**
 * Files that PyTorch writes with {@code torch.save}, read without running anything in them. In
 * comes code that reads bytes; the names and meaning of tensors belong elsewhere.
 *
 * <p>Read {@code TorchFile} first, then {@code Unpickler}.
 */
package org.yuqiao.files.torch;
