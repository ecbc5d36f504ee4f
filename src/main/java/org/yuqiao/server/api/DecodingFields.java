package org.yuqiao.server.api;

import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.DecodingSettingsBuilder;
import org.yuqiao.inference.LineSplitting;
import org.yuqiao.server.http.RequestBody;

/** The fields of a request that set how is decoded: beam, lengthPenalty, wholeLines. */
final class DecodingFields {
  /** The maximum beam size and number of translations. */
  static final int MAX_BEAM = 10;

  private static final double MAX_LENGTH_PENALTY = 10;

  private DecodingFields() {}

  /**
   * The model's settings with those of the request.
   *
   * @param minBeam lower bound of the beam size where the request has none
   */
  static DecodingSettings settings(RequestBody body, DecodingSettings ofModel, int minBeam) {
    DecodingSettingsBuilder settings =
        ofModel.toBuilder()
            .beamSize(body.integer("beam", Math.max(minBeam, ofModel.beamSize()), 1, MAX_BEAM));
    body.optionalNumber("lengthPenalty", 0, MAX_LENGTH_PENALTY).ifPresent(settings::lengthPenalty);
    return settings.build();
  }

  /** Sentence by sentence unless the request wants whole lines. */
  static LineSplitting splitting(RequestBody body) {
    return body.flag("wholeLines") ? LineSplitting.WHOLE_LINES : LineSplitting.SENTENCES;
  }
}
