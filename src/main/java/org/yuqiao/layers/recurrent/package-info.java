/**
 * Recurrent layers, encoder and decoders with attention (Bahdanau et al. 2015, Luong et al. 2015).
 * Read {@code RecurrentLayer} first, then {@code LuongDecoder}.
 */
package org.yuqiao.layers.recurrent;
