package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.RpcException;
import dev.heph.error.Reason;
import java.util.List;

/** What a command sets on tasks: a parameter of {@code task.change}, whose value the command implies or the last words say. */
sealed interface Setting {
    /** How the help names the value; empty when the command implies it. */
    default String label() {
        return "";
    }

    /** What the help says of the value. */
    default String description() {
        return "";
    }

    /**
     * Reads the value from the end of the words.
     *
     * @param before how many words must be left for what stands before it
     */
    Value read(List<String> words, int before, Session session);

    /**
     * @param words how many of the words it was
     * @param said how it is told after the task, such as {@code #home}; may be empty
     */
    record Value(String parameter, String value, int words, String said) {}

    /** As {@code done} is: nothing is left to say. */
    record State(String state) implements Setting {
        @Override
        public Value read(List<String> words, int before, Session session) {
            return new Value("state", state, 0, "");
        }
    }

    /** In words that the gateway reads, {@code next week} too: as many words as make a date. */
    record Date(String parameter) implements Setting {
        private static final int WORDS_MAX = 6;

        @Override
        public String label() {
            return "DATE";
        }

        @Override
        public String description() {
            return "fri, 3d, next week, 15 dec, 2026-12-01, 17:00, -1; none takes the date away";
        }

        @Override
        public Value read(List<String> words, int before, Session session) {
            RpcException noDate = null;
            int longest = words.size() - before;
            for (int count = Math.min(longest, WORDS_MAX); count > 0; count--) {
                String text = String.join(" ", words.subList(words.size() - count, words.size()));
                try {
                    return value(session.call("date.parse", "text", text).json(), count, session);
                } catch (RpcException e) {
                    if (e.reason() != Reason.INVALID_PARAMS || before == 0) {
                        throw e;
                    }
                    noDate = e;
                }
            }
            throw noDate;
        }

        private Value value(Json date, int words, Session session) {
            String local = date.at("local").text();
            return local.isEmpty()
                    ? new Value(parameter, "none", words, "no date")
                    : new Value(parameter, local, words, Days.of(date, session.today()));
        }
    }

    record Attention() implements Setting {
        @Override
        public String label() {
            return "HOW";
        }

        @Override
        public String description() {
            return "red, orange, white or blue (later)";
        }

        @Override
        public Value read(List<String> words, int before, Session session) {
            String attention = word(words.getLast());
            return new Value("attention", attention, 1, attention);
        }

        /** The RPC's word for what was typed: also {@code !red} and {@code later}. */
        static String word(String typed) {
            return Word.of(typed.startsWith("!") ? typed.substring(1) : typed);
        }
    }

    record Project() implements Setting {
        @Override
        public String label() {
            return "PROJECT";
        }

        @Override
        public String description() {
            return "a name (a/b: b in a) or an id; none takes them out of theirs";
        }

        @Override
        public Value read(List<String> words, int before, Session session) {
            String name = name(words.getLast());
            return new Value("project", name, 1, name.equals("none") ? "no project" : "@" + name);
        }

        static String name(String typed) {
            return typed.startsWith("@") ? typed.substring(1) : typed;
        }
    }

    /** Put on or, as {@code untag}, taken off. */
    record Tag(String parameter) implements Setting {
        @Override
        public String label() {
            return "NAME";
        }

        @Override
        public String description() {
            return "a tag, with or without #";
        }

        @Override
        public Value read(List<String> words, int before, Session session) {
            String typed = words.getLast();
            String name = typed.startsWith("#") ? typed.substring(1) : typed;
            return new Value(parameter, name, 1, "#" + name);
        }
    }
}
