/**
 * The one decision on what computes: ND4J, vector kernels, oneDNN, oneDNN with VNNI.
 *
 * <p>Start with {@link org.yuqiao.backend.compute.Compute}, which every class that has a choice
 * asks. What a level needs of the machine stands in {@link
 * org.yuqiao.backend.compute.MachineFacts}.
 */
package org.yuqiao.backend.compute;
