package dev.heph.sync;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** sync moves bytes: what is in them is the store's and the model's affair. */
@AnalyzeClasses(packages = "dev.heph.sync", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule itKnowsNeitherStoreNorModelNorDatabase = noClasses()
            .should().dependOnClassesThat().resideInAnyPackage("dev.heph.store..", "dev.heph.model..", "java.sql..", "org.sqlite..");

    @ArchTest
    static final ArchRule theRolesDoNotKnowEachOther = slices().matching("dev.heph.sync.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule aDeviceIsNoHub = noClasses().that().resideInAPackage("dev.heph.sync.device..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.heph.sync.hub..", "io.helidon..");

    @ArchTest
    static final ArchRule aHubCallsNobody = noClasses().that().resideInAPackage("dev.heph.sync.hub..")
            .should().dependOnClassesThat().resideInAnyPackage("dev.heph.sync.device..", "java.net.http..");
}
