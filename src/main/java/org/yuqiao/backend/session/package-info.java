/**
 * The public side of running a graph: {@link org.yuqiao.backend.session.Session} and its {@link
 * org.yuqiao.backend.session.Inputs}, the weights of a model for inference ({@link
 * org.yuqiao.backend.session.InferenceWeights}) and the state kept between decoding steps ({@link
 * org.yuqiao.backend.session.StateCache}). Start with Session.
 */
package org.yuqiao.backend.session;
