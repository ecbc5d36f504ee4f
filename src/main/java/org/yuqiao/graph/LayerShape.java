package org.yuqiao.graph;

/**
 * The sizes all layers of a stack share.
 *
 * @param width D
 * @param heads H, which divides D
 * @param innerWidth F
 * @param norm where the layer norms stand
 */
public record LayerShape(int width, int heads, int innerWidth, NormPlacement norm) {}
