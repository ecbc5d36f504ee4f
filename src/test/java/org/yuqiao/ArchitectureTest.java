package org.yuqiao;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rules of docs/architecture.md: which room may import which, and how large a room may be. */
class ArchitectureTest {
  private static final String ROOT = "org.yuqiao.";
  private static final int MAX_CLASSES_IN_A_PACKAGE = 30;

  /** From the top of the house to the bottom. */
  private static final List<String> ROOMS =
      List.of(
          "cli",
          "bench",
          "server",
          "experiment",
          "figure",
          "inference",
          "store",
          "settings",
          "train",
          "decode",
          "evaluate",
          "model",
          "layers",
          "embedding",
          "corpus",
          "text",
          "plot",
          "stats",
          "backend",
          "files");

  /** Packages of {@code backend} that the rest of the house may use. */
  private static final Set<String> PUBLIC_PACKAGES =
      Set.of(
          ROOT + "backend",
          ROOT + "backend.session",
          ROOT + "backend.op",
          ROOT + "backend.op.recurrent");

  /** Single classes of other {@code backend} packages that the rest of the house may use. */
  private static final Set<String> PUBLIC_CLASSES =
      Set.of(
          "backend.optimizer.AdamStep",
          "backend.compute.Compute",
          "backend.compute.MatmulPrecision",
          "backend.simd.LogSoftmax",
          "backend.simd.MeanProbability",
          "backend.simd.RowCombination",
          "backend.simd.RowMath",
          "backend.simd.SimdMath",
          "backend.simd.TopK",
          "backend.tensor.ParameterBuffer",
          "backend.tensor.PeakMemory",
          "backend.tensor.Threads");

  private static JavaClasses classes;

  @BeforeAll
  static void readClasses() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.yuqiao");
  }

  @Test
  void roomsImportDownwardOnly() {
    LayeredArchitecture house = layeredArchitecture().consideringAllDependencies();
    for (String room : ROOMS) {
      house = house.layer(room).definedBy(ROOT + room + "..");
    }
    house = house.whereLayer(ROOMS.get(0)).mayNotBeAccessedByAnyLayer();
    for (int i = 1; i < ROOMS.size(); i++) {
      String[] above = ROOMS.subList(0, i).toArray(new String[0]);
      house = house.whereLayer(ROOMS.get(i)).mayOnlyBeAccessedByLayers(above);
    }
    house.check(classes);
  }

  @Test
  void everyClassStandsInARoom() {
    Set<String> homeless =
        classes.stream()
            .map(JavaClass::getPackageName)
            .filter(name -> !name.startsWith(ROOT) || !ROOMS.contains(room(name)))
            .collect(Collectors.toSet());
    assertTrue(homeless.isEmpty(), homeless.toString());
  }

  /** See {@link org.yuqiao.backend.simd.SimdMath}: a second width slows all kernels down. */
  @Test
  void allVectorsOfAProcessHaveTheWidthThatTheProcessorPrefers() {
    noClasses()
        .should()
        .accessFieldWhere(
            describe(
                "a width is chosen",
                access ->
                    access.getTarget().getName().startsWith("SPECIES_")
                        && !access.getTarget().getName().equals("SPECIES_PREFERRED")))
        .check(classes);
  }

  private static String room(String packageName) {
    return packageName.substring(ROOT.length()).split("\\.")[0];
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("org.yuqiao.(**)").should().beFreeOfCycles().check(classes);
  }

  @Test
  void theRestOfTheHouseUsesThePublicSurfaceOfTheBackendOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.yuqiao.backend..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("org.yuqiao.backend..").and(DescribedPredicate.not(isPublicSurface())))
        .check(classes);
  }

  private static DescribedPredicate<JavaClass> isPublicSurface() {
    return DescribedPredicate.describe(
        "belong to the public surface of backend",
        type ->
            PUBLIC_PACKAGES.contains(type.getPackageName())
                || PUBLIC_CLASSES.contains(topLevelName(type)));
  }

  private static String topLevelName(JavaClass type) {
    String name = type.getName().substring(ROOT.length());
    int nested = name.indexOf('$');
    return nested < 0 ? name : name.substring(0, nested);
  }

  @Test
  void onlyTheBackendKnowsOneDnnAndTheVectorApi() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.yuqiao.backend..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.bytedeco.dnnl..", "org.bytedeco.openblas..", "jdk.incubator.vector..")
        .check(classes);
  }

  @Test
  void onlyReadingAndCleaningKnowDataVec() {
    noClasses()
        .that()
        .resideOutsideOfPackages("org.yuqiao.corpus.read..", "org.yuqiao.corpus.clean..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.datavec..")
        .check(classes);
  }

  @Test
  void theCoreKnowsNoCluster() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(classes);
  }

  @Test
  void noPackageHasMoreThanThirtyClasses() {
    Map<String, Long> sizes =
        classes.stream()
            .filter(
                type ->
                    !type.getName().contains("$") && !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));
    sizes.values().removeIf(size -> size <= MAX_CLASSES_IN_A_PACKAGE);
    assertTrue(sizes.isEmpty(), sizes.toString());
  }
}
