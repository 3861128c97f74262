import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Rewrites the classes of a jar that are too old for the JDK's AOT cache (picocli's are Java 5 bytecode, which has
 * no stack maps) as Java 21 ones and lays them into a directory. Run by the build: {@code java Lift.java JAR
 * DIRECTORY}.
 */
final class Lift {
    private static final int JAVA_21 = 65;

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path directory = Path.of(arguments[1]);
        Path stamp = directory.resolve("META-INF/lifted-" + jar.getFileName());
        if (Files.exists(stamp)) {
            return;
        }
        var loader = new URLClassLoader(
                new URL[] {URI.create("file:" + jar.toAbsolutePath()).toURL()});
        var hierarchy =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(ClassHierarchyResolver.defaultResolver());
        var format = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
        try (var entries = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry; (entry = entries.getNextEntry()) != null; ) {
                String name = entry.getName();
                if (name.startsWith("picocli/") && name.endsWith(".class")) {
                    Path file = directory.resolve(name);
                    Files.createDirectories(file.getParent());
                    Files.write(file, lifted(format, entries.readAllBytes()));
                }
            }
        }
        Files.createDirectories(stamp.getParent());
        Files.write(stamp, new byte[0]);
    }

    private static byte[] lifted(ClassFile format, byte[] bytes) {
        ClassModel model = format.parse(bytes);
        ClassTransform version = (builder, element) -> {
            if (element instanceof ClassFileVersion) {
                builder.withVersion(JAVA_21, 0);
            } else {
                builder.with(element);
            }
        };
        // Each instruction is passed on by itself: a body that is copied as a whole gets no stack maps.
        CodeTransform instructions = (builder, instruction) -> builder.with(instruction);
        return format.transformClass(model, version.andThen(ClassTransform.transformingMethodBodies(instructions)));
    }
}
