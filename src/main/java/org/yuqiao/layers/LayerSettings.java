package org.yuqiao.layers;

import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.NormPlacement;

/**
 * What all layers of a stack share.
 *
 * @param width D
 * @param feedForwardSize F
 * @param attention heads, and how they attend
 * @param layerNorm where the layer norms stand
 * @param activation inside the feed-forward networks
 * @param feedForwardType their form
 */
public record LayerSettings(
    int width,
    int feedForwardSize,
    AttentionSettings attention,
    NormPlacement layerNorm,
    Activation activation,
    FeedForwardType feedForwardType) {}
