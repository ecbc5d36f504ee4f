package org.yuqiao.backend.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yuqiao.backend.op.CustomOp;

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
}
