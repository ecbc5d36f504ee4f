package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.yuqiao.backend.op.CustomOp;
import org.yuqiao.backend.plan.Plan;
import org.yuqiao.model.EncoderDecoder;
import org.yuqiao.model.LossGraph;
import org.yuqiao.model.LossSettings;
import org.yuqiao.model.ModelSettings;
import org.yuqiao.model.Variants;

class KernelRegistryTest {
  @Test
  void everyCustomOpHasAKernel() {
    Set<String> ops =
        new ClassFileImporter()
            .importPackages("org.yuqiao.backend").stream()
                .filter(type -> type.isAssignableTo(CustomOp.class))
                .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                .map(type -> type.getName())
                .collect(Collectors.toCollection(TreeSet::new));
    assertFalse(ops.isEmpty());
    Kernels.ops().forEach(type -> ops.remove(type.getName()));
    assertEquals(Set.of(), ops);
  }

  static Stream<Named<ModelSettings>> variants() {
    return Variants.all();
  }

  /** ND4J's own ops are in the registry too, wherever a model trains with them. */
  @ParameterizedTest
  @MethodSource("variants")
  void everyOpOfATrainingStepHasAKernel(ModelSettings settings) {
    EncoderDecoder model = Variants.model(settings, DataType.FLOAT);
    LossGraph graph = model.trainingGraph(LossSettings.smoothed(0.1), model.zeros(), Set.of());
    Set<String> without =
        Plan.of(graph.graph(), graph.outputs()).steps().stream()
            .filter(step -> !Kernels.ops().contains(step.op().getClass()))
            .map(step -> step.op().getClass().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), without);
  }
}
