/**
 * Reading and writing files without surprises: strict UTF-8, whole files or nothing, one sentence
 * for bad input.
 */
package org.yuqiao.files;
