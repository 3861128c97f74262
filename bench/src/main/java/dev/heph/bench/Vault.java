package dev.heph.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A folder of notes as people have them, the same for the same seed: lengths around 2.5 KB with a long tail, seven links a note to
 * notes of which few are linked to by many, headings, lists, checkboxes, tags, some front matter, a twentieth partly in Japanese.
 */
final class Vault {
    static final int VOCABULARY = 30_000;
    static final String[] JAPANESE = {
        "味噌汁", "東京", "会議", "予定", "料理", "日本語", "研究", "天気", "散歩", "図書館", "電車", "写真", "音楽", "手紙", "季節", "京都",
        "買い物", "メモ", "プロジェクト", "コーヒー", "ありがとう", "おはよう", "データベース", "ノート"
    };

    private static final int MEAN_LENGTH = 2_350;
    private static final int MAX_LENGTH = 60_000;
    private static final double SPREAD = 0.7;
    private static final int MAX_LINKS = 13;

    /** The most linked note is linked from about a twentieth of all. */
    private static final int POPULAR = 20;

    /** @param targets the titles that the body links to, in its order */
    record Note(String path, String title, String body, List<String> targets) {}

    private final Random random;
    private final Words words;
    private final List<String> titles;
    private final double[] popularity;
    private final List<Note> notes = new ArrayList<>();

    private Vault(Random random, Words words, int size) {
        this.random = random;
        this.words = words;
        Set<String> made = new LinkedHashSet<>();
        while (made.size() < size) {
            made.add(capital(words.between(random, 50, VOCABULARY)) + " " + words.between(random, 10, VOCABULARY));
        }
        this.titles = List.copyOf(made);
        this.popularity = Words.zipf(size, POPULAR);
        titles.forEach(title -> notes.add(note(title)));
    }

    static Vault of(Random random, Words words, int size) {
        return new Vault(random, words, size);
    }

    List<Note> notes() {
        return notes;
    }

    /** How many links the notes hold. */
    int links() {
        return notes.stream().mapToInt(note -> note.targets().size()).sum();
    }

    void write(Path folder) throws IOException {
        for (Note note : notes) {
            Path file = folder.resolve(note.path());
            Files.createDirectories(file.getParent());
            Files.writeString(file, note.body());
        }
    }

    /** The title of the note that most others link to. */
    String mostLinked() {
        return titles.getFirst();
    }

    private Note note(String title) {
        int length = (int) Math.min(MAX_LENGTH, MEAN_LENGTH * Math.exp(random.nextGaussian() * SPREAD - SPREAD * SPREAD / 2));
        List<String> targets = new ArrayList<>();
        int links = 1 + random.nextInt(MAX_LINKS);
        for (int at = 0; at < links; at++) {
            targets.add(titles.get(Words.rank(random, popularity)));
        }
        String folder = "Folder " + random.nextInt(40);
        return new Note(folder + "/" + title + ".md", title, body(title, length, targets), targets);
    }

    private String body(String title, int length, List<String> targets) {
        StringBuilder body = new StringBuilder(length + 200);
        if (random.nextInt(5) == 0) {
            body.append("---\ntags: [").append(words.any(random)).append("]\naliases: [\"").append(words.any(random))
                    .append(' ').append(title).append("\"]\n---\n");
        }
        body.append("# ").append(title).append("\n\n");
        boolean japanese = random.nextInt(20) == 0;
        int linked = 0;
        while (body.length() < length || linked < targets.size()) {
            // Links are spread over the text.
            boolean due = linked < targets.size() && body.length() >= (long) length * linked / targets.size();
            switch (random.nextInt(12)) {
                case 0 -> body.append("\n## ").append(capital(words.any(random))).append("\n\n");
                case 1, 2 -> body.append(random.nextBoolean() ? "- [ ] " : "- [x] ").append(sentence());
                case 3, 4 -> body.append("- ").append(sentence());
                case 5 -> body.append('#').append(words.between(random, 0, 200)).append(' ').append(sentence());
                case 6 -> body.append(japanese ? japaneseSentence() : sentence());
                default -> body.append(sentence());
            }
            if (due) {
                body.append(link(targets.get(linked++))).append(' ').append(sentence());
            }
            body.append(random.nextInt(3) == 0 ? "\n\n" : "\n");
        }
        return body.toString();
    }

    private String link(String target) {
        return switch (random.nextInt(6)) {
            case 0 -> " [[" + target + "|" + words.any(random) + "]]";
            case 1 -> " [[" + target + "#" + capital(words.any(random)) + "]]";
            default -> " [[" + target + "]]";
        };
    }

    private String sentence() {
        StringBuilder sentence = new StringBuilder(capital(words.any(random)));
        int more = 4 + random.nextInt(10);
        for (int at = 0; at < more; at++) {
            sentence.append(at == 5 ? ", " : " ").append(words.any(random));
        }
        return sentence.append(". ").toString();
    }

    private String japaneseSentence() {
        StringBuilder sentence = new StringBuilder();
        for (int at = 0; at < 8; at++) {
            sentence.append(Words.any(random, JAPANESE)).append(at % 2 == 0 ? "の" : "は");
        }
        return sentence.append("。").toString();
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
