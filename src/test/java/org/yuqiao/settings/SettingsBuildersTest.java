package org.yuqiao.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.yuqiao.backend.compute.MatmulPrecision;
import org.yuqiao.decode.step.DecodingSettings;
import org.yuqiao.decode.step.LengthNormalization;
import org.yuqiao.embedding.word2vec.Word2VecAlgorithm;
import org.yuqiao.embedding.word2vec.Word2VecSettings;
import org.yuqiao.train.ExchangePrecision;
import org.yuqiao.train.OptimizerSettings;
import org.yuqiao.train.TrainingSettings;

class SettingsBuildersTest {
  private final ExperimentSettings defaults = SettingsTree.defaults().check("defaults.yaml");

  @Test
  void buildersStartFromTheDefaultsOfSettingsFiles() {
    assertEquals(defaults.train(), TrainingSettings.builder().build());
    assertEquals(defaults.optimizer(), OptimizerSettings.builder().build());
    assertEquals(defaults.decode(), DecodingSettings.builder().build());
  }

  @Test
  void aBuilderOfSettingsKeepsEveryComponent() {
    TrainingSettings training =
        new TrainingSettings(
            1,
            2,
            3,
            4,
            5,
            0.6,
            0.605,
            0.61,
            0.62,
            7,
            75,
            8,
            9,
            MatmulPrecision.BFLOAT16,
            10,
            11,
            12,
            13,
            14,
            15,
            ExchangePrecision.INT16);
    assertEquals(training, training.toBuilder().build());
    OptimizerSettings optimizer =
        new OptimizerSettings("linear", 1, 2, 0.3, 4, 0.5, 0.6, 0.7, 0.8, 0.9, 1);
    assertEquals(optimizer, optimizer.toBuilder().build());
    DecodingSettings decoding =
        new DecodingSettings(1, LengthNormalization.LENGTH, 2, 3, 4, 5, 6, 7, false, true);
    assertEquals(decoding, decoding.toBuilder().build());
    Word2VecSettings word2vec =
        new Word2VecSettings(Word2VecAlgorithm.CBOW, 1, 2, 3, false, 0.4, 5, 6, 0.7, 8, 9);
    assertEquals(word2vec, word2vec.toBuilder().build());
  }
}
