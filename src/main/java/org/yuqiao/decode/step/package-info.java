/**
 * The models as searches see them: one position a step with cached keys and values ({@code
 * IncrementalDecoder}), all positions at once ({@code TeacherForcedPass}), several models together
 * ({@code Ensemble}). Read {@code StepModel} first. Batching and choosing tokens don't belong here.
 */
package org.yuqiao.decode.step;
