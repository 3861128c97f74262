package dev.heph.settings;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code heph.properties}: {@code key = value} lines, {@code #} comments, UTF-8. A file that is not there sets nothing. */
final class ConfigFile {
    private ConfigFile() {}

    static Map<Key, Given> read(Path file) {
        var given = new EnumMap<Key, Given>(Key.class);
        List<String> lines = lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String where = file + " line " + (i + 1);
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new SettingsException("'" + line + "' (" + where + ") is not a setting; write: key = value");
            }
            Key key = key(line.substring(0, equals).strip(), where);
            if (given.put(key, new Given(line.substring(equals + 1).strip(), where)) != null) {
                throw new SettingsException("'" + key.text() + "' is set twice (" + where + "); keep one");
            }
        }
        return given;
    }

    /**
     * Sets values: in the place of the line that sets the key now, else below the rest. The file is replaced in one step; where it is
     * a link, what that leads to.
     */
    static void write(Path file, Map<String, String> values) {
        read(file); // a file with a mistake in it is left for its owner to mend
        var left = new LinkedHashMap<>(values);
        var lines = new ArrayList<String>();
        for (String line : lines(file)) {
            String key = line.contains("=") ? line.substring(0, line.indexOf('=')).strip() : "";
            String value = left.remove(key);
            lines.add(value == null ? line : key + " = " + value);
        }
        left.forEach((key, value) -> lines.add(key + " = " + value));
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file;
            Path draft = Files.createTempFile(target.getParent(), target.getFileName().toString(), ".tmp");
            if (Files.exists(target)) {
                Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(target));
            }
            Files.writeString(draft, String.join("\n", lines) + "\n", StandardOpenOption.DSYNC);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write the config file " + file + ": " + IoReason.of(e), e);
        }
    }

    private static Key key(String text, String where) {
        return Key.ofText(text).orElseThrow(() -> new SettingsException("unknown setting '" + text + "' (" + where + "); "
                + Nearest.to(text, Key.texts())
                        .map(near -> "did you mean '" + near + "'?")
                        .orElse("known are: " + String.join(", ", Key.texts()))));
    }

    private static List<String> lines(Path file) {
        try {
            // Some editors begin a file with a mark of the order of bytes; in UTF-8 it says nothing.
            String text = Files.readString(file);
            return (text.startsWith("\ufeff") ? text.substring(1) : text).lines().toList();
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (CharacterCodingException e) {
            throw new SettingsException(file + " is not UTF-8; save it as UTF-8");
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot read the config file " + file + ": " + IoReason.of(e), e);
        }
    }

    /** A value and where it was found, for messages. */
    record Given(String value, String where) {}
}
