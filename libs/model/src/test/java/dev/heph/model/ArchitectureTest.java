package dev.heph.model;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import dev.heph.model.op.Hlc;
import dev.heph.model.op.HlcClock;
import dev.heph.model.op.OpId;
import dev.heph.model.op.Version;
import java.util.Set;
import java.util.Timer;

/** libs/model is pure (H-008): values in, values out. What it may know of the world is written here. */
@AnalyzeClasses(packages = "dev.heph.model", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String SELF = "dev.heph.model..";
    private static final String JAVA = "java..";
    private static final String CBOR = "com.fasterxml.jackson..";

    @ArchTest
    static final ArchRule wireFormatKnowsCborAndEd25519 = classes().that().resideInAPackage("dev.heph.model.op..")
            .should().onlyDependOnClassesThat(resideInAnyPackage(SELF, JAVA, CBOR, "org.bouncycastle.."));

    @ArchTest
    static final ArchRule textsKnowCborAndDiff = classes().that().resideInAPackage("dev.heph.model.text..")
            .should().onlyDependOnClassesThat(resideInAnyPackage(SELF, JAVA, CBOR, "com.github.difflib.."));

    @ArchTest
    static final ArchRule markdownKnowsItsParsers = classes().that().resideInAPackage("dev.heph.model.markdown..")
            .should().onlyDependOnClassesThat(resideInAnyPackage(SELF, JAVA, "org.commonmark..", "org.snakeyaml.."))
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule recurrenceKnowsItsParser = classes().that().resideInAPackage("dev.heph.model.recur..")
            .should().onlyDependOnClassesThat(resideInAnyPackage(SELF, JAVA, "net.fortuna.ical4j.."));

    @ArchTest
    static final ArchRule allElseKnowsOnlyJava = classes()
            .that().resideOutsideOfPackages("dev.heph.model.op..", "dev.heph.model.text..", "dev.heph.model.markdown..",
                    "dev.heph.model.recur..")
            .should().onlyDependOnClassesThat(resideInAnyPackage(SELF, JAVA));

    @ArchTest
    static final ArchRule noDatabaseNetworkThreadsOrFiles = noClasses().should().dependOnClassesThat(
            resideInAnyPackage("java.sql..", "javax.sql..", "java.net..", "java.nio.channels..", "java.nio.file..", "javax..")
                    .or(describe("starts threads", ArchitectureTest::startsThreads))
                    .or(describe("opens files", type -> type.getName().startsWith("java.io.File"))));

    /** Time and chance are handed in as numbers; a ticking clock or a die is not to be had in here. */
    @ArchTest
    static final ArchRule noAmbientTimeOrChance = noClasses().should(callMethodWhere(describe(
                    "the time or chance is asked of the machine", ArchitectureTest::asksTheMachine)))
            .orShould().dependOnClassesThat(describe("make chance", ArchitectureTest::makesChance));

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = slices().assignedFrom(new Layers()).should().beFreeOfCycles();

    private static boolean startsThreads(JavaClass type) {
        return type.getPackageName().startsWith("java.util.concurrent") || type.isEquivalentTo(Thread.class)
                || type.isEquivalentTo(Timer.class);
    }

    private static boolean makesChance(JavaClass type) {
        return Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom",
                "java.util.concurrent.ThreadLocalRandom").contains(type.getName());
    }

    private static boolean asksTheMachine(JavaMethodCall call) {
        String owner = call.getTargetOwner().getName();
        String method = call.getName();
        return switch (owner) {
            case "java.lang.System" -> Set.of("currentTimeMillis", "nanoTime", "getenv", "getProperty").contains(method);
            case "java.lang.Math", "java.lang.StrictMath" -> method.equals("random");
            case "java.util.UUID" -> method.equals("randomUUID");
            case "java.time.Clock" -> method.startsWith("system") || method.startsWith("tick");
            case "java.time.ZoneId", "java.util.TimeZone" -> Set.of("systemDefault", "getDefault").contains(method);
            case "java.util.Locale" -> method.equals("getDefault");
            default -> owner.startsWith("java.time.") && method.equals("now")
                    || owner.equals("java.util.Date") && method.equals("<init>");
        };
    }

    /**
     * The packages, and one more that is not a package yet: the names and stamps of ops, which registers and texts need and
     * ops are made of.
     */
    private static final class Layers implements SliceAssignment {
        private static final Set<Class<?>> CLOCK = Set.of(Hlc.class, HlcClock.class, OpId.class, Version.class);

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            if (!type.getPackageName().startsWith("dev.heph.model.")) {
                return SliceIdentifier.ignore();
            }
            boolean clock = CLOCK.stream().anyMatch(type::isEquivalentTo);
            return SliceIdentifier.of(clock ? "clock" : type.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages of the model";
        }
    }
}
