/**
 * The library: open a trained model and translate, score, explain, tag, classify or generate text.
 * A model is the folder of a run, an exported model or a checkpoint; text comes in, text and scores
 * go out. Read {@code TranslationModel} first.
 */
package org.yuqiao.inference;
