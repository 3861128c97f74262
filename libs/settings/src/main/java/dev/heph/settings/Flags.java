package dev.heph.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The settings given on a command line, as {@code --name value} or {@code --name=value}; {@code --light} may stand alone. */
public final class Flags {
    private static final String HOME = "--home";

    private Flags() {}

    /** Every flag that exists, such as {@code --hub-url}. */
    public static List<String> all() {
        var all = new ArrayList<String>(List.of(HOME));
        Arrays.stream(Key.values()).map(Key::flag).forEach(all::add);
        return List.copyOf(all);
    }

    /** The given flags by name. @throws SettingsException for a word that is no flag and for a flag without its value */
    public static Map<String, String> parse(List<String> arguments) {
        var flags = new HashMap<String, String>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            String name = equals < 0 ? argument : argument.substring(0, equals);
            if (!all().contains(name)) {
                throw new SettingsException("unknown flag '" + name + "'; "
                        + Nearest.to(name, all())
                                .map(near -> "did you mean " + near + "?")
                                .orElse("known are: " + String.join(", ", all())));
            }
            boolean last = i + 1 == arguments.size() || arguments.get(i + 1).startsWith("--");
            if (equals >= 0) {
                flags.put(name, argument.substring(equals + 1));
            } else if (!last) {
                flags.put(name, arguments.get(++i));
            } else if (name.equals(Key.LIGHT.flag())) {
                flags.put(name, "true");
            } else {
                throw new SettingsException(name + " needs a value");
            }
        }
        return flags;
    }

    /** The command line that gives these flags, for a process started on a person's behalf. */
    public static List<String> arguments(Map<String, String> flags) {
        return flags.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(flag -> flag.getKey() + "=" + flag.getValue())
                .toList();
    }

    /** The directory given with {@code --home}. */
    public static Optional<Path> home(Map<String, String> flags) {
        return Optional.ofNullable(flags.get(HOME)).filter(text -> !text.isBlank()).map(Path::of);
    }
}
