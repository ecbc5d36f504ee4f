/**
 * Files on disk: safetensors, UTF-8 lines, atomic writes, report templates, and the exception for
 * invalid input.
 *
 * <p>The lowest room: it imports no other. Formats of models and corpora belong to the rooms above.
 * Read {@link org.yuqiao.files.TensorFile} first.
 */
package org.yuqiao.files;
