package org.yuqiao.layers;

import org.yuqiao.layers.attention.AttentionSettings;
import org.yuqiao.layers.base.Activation;
import org.yuqiao.layers.base.NormPlacement;

/**
 * What all layers of a stack share.
 *
 * @param width D
 * @param innerWidth F
 * @param attention heads, and how they attend
 * @param norm where the layer norms stand
 * @param activation inside the feed-forward networks
 * @param feedForward their form
 */
public record LayerSettings(
    int width,
    int innerWidth,
    AttentionSettings attention,
    NormPlacement norm,
    Activation activation,
    FeedForwardType feedForward) {}
