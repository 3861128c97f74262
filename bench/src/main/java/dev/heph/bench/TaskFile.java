package dev.heph.bench;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.UUID;

/** Tasks as Taskwarrior exports them, made up: a third with a due date, half in one of 40 projects, half with a tag, one in a hundred with a priority, one in eight done. */
final class TaskFile {
    private TaskFile() {}

    /** @return the file */
    static Path write(Path file, int tasks, long seed) throws IOException {
        Random random = new Random(seed);
        Words words = new Words(random, Vault.VOCABULARY);
        LocalDate day = LocalDate.of(2026, 6, 1);
        try (Writer out = Files.newBufferedWriter(file)) {
            for (int task = 0; task < tasks; task++) {
                String entry = "20260101T" + "%02d%02d%02dZ".formatted(task / 3600 % 24, task / 60 % 60, task % 60);
                boolean done = random.nextInt(8) == 0;
                out.write(task == 0 ? "[\n" : ",\n");
                out.write("{\"uuid\":\"" + new UUID(random.nextLong(), random.nextLong()) + "\",\"description\":\"" + words.any(random) + " "
                        + words.any(random) + " " + task + "\",\"entry\":\"" + entry + "\",\"status\":\"" + (done ? "completed" : "pending") + '"');
                if (done) {
                    out.write(",\"end\":\"" + entry + '"');
                }
                if (random.nextInt(3) == 0) {
                    out.write(",\"due\":\"" + day.plusDays(random.nextInt(360)).toString().replace("-", "") + "T000000Z\"");
                }
                if (random.nextBoolean()) {
                    out.write(",\"project\":\"project" + random.nextInt(40) + '"');
                }
                if (random.nextBoolean()) {
                    out.write(",\"tags\":[\"tag" + random.nextInt(30) + "\"]");
                }
                if (random.nextInt(100) == 0) {
                    out.write(",\"priority\":\"" + "HML".charAt(random.nextInt(3)) + '"');
                }
                out.write("}");
            }
            out.write("\n]\n");
        }
        return file;
    }
}
