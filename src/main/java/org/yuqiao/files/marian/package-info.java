/**
 * The binary model file of the Marian toolkit, with float32 weights and the int8 ones of intgemm.
 * In comes what the bytes mean; which weight is which is in {@code store.marian}. Read {@code
 * MarianBinary} first.
 */
package org.yuqiao.files.marian;
