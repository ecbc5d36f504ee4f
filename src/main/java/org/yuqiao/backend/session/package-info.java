/**
 * What the rest of the house sees of running a graph: {@link org.yuqiao.backend.session.Session},
 * its {@link org.yuqiao.backend.session.Inputs}, the weights of a model for inference and the state
 * kept between decoding steps.
 */
package org.yuqiao.backend.session;
