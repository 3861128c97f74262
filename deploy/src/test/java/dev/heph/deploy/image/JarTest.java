package dev.heph.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JarTest {
    @TempDir
    Path module;

    @Test
    void ofOursOnlyTheVersionThatIsBuilt() throws Exception {
        Path needed = Files.createDirectories(module.resolve("target/lib/org/xerial/sqlite-jdbc/3.1"));
        Files.createFile(needed.resolve("sqlite-jdbc-3.1.jar"));
        for (String name : new String[] {"heph-store-0.1.0.jar", "heph-store-0.0.9.jar", "heph-store-0.1.0-tests.jar", "heph-store-0x1x0.jar"}) {
            Files.createFile(module.resolve("target").resolve(name));
        }

        assertThat(Jar.of(List.of(module), "0.1.0")).extracting(Jar::name).containsExactly("heph-store-0.1.0.jar", "sqlite-jdbc-3.1.jar");
    }
}
