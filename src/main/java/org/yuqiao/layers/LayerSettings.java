package org.yuqiao.layers;

import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.NormPlacement;

/**
 * The settings that all layers of a stack share.
 *
 * @param width D
 * @param feedForwardSize F
 * @param attention settings of attention
 * @param layerNorm placement of layer norms
 * @param activation of the feed-forward networks
 * @param feedForwardType their type
 * @param decoderBlock the first sub-layer of decoder layers
 */
public record LayerSettings(
    int width,
    int feedForwardSize,
    AttentionSettings attention,
    NormPlacement layerNorm,
    Activation activation,
    FeedForwardType feedForwardType,
    DecoderBlockType decoderBlock) {}
