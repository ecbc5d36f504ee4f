package org.yuqiao;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  /** From the top of the house to the bottom. */
  private static final List<String> PACKAGES =
      List.of(
          "cli",
          "explore",
          "experiment",
          "train",
          "decode",
          "evaluate",
          "model",
          "graph",
          "embedding",
          "corpus",
          "text",
          "backend",
          "files");

  @Test
  void packagesImportDownwardOnly() {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.yuqiao");
    LayeredArchitecture house = layeredArchitecture().consideringAllDependencies();
    for (String name : PACKAGES) {
      house = house.optionalLayer(name).definedBy("org.yuqiao." + name + "..");
    }
    house = house.whereLayer(PACKAGES.get(0)).mayNotBeAccessedByAnyLayer();
    for (int i = 1; i < PACKAGES.size(); i++) {
      String[] above = PACKAGES.subList(0, i).toArray(new String[0]);
      house = house.whereLayer(PACKAGES.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    house.check(classes);
  }
}
