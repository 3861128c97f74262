package dev.heph.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParseResult;

/** What a person typed, read by a command's {@link Syntax}. */
final class Arguments {
    private final ParseResult parsed;

    Arguments(ParseResult parsed) {
        this.parsed = parsed;
    }

    boolean flag(String name) {
        return parsed.matchedOptionValue(name, false);
    }

    Optional<String> option(String name) {
        return Optional.ofNullable(parsed.matchedOptionValue(name, null));
    }

    /** The option's value, or null: a parameter that is null is not sent. */
    String orNull(String name) {
        return parsed.matchedOptionValue(name, null);
    }

    OptionalInt number(String name) {
        Integer value = parsed.matchedOptionValue(name, null);
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The word at a position that has one. */
    String word(int position) {
        return words(position).getFirst();
    }

    Optional<String> optionalWord(int position) {
        return words(position).stream().findFirst();
    }

    /** The words from a position that takes several. */
    List<String> words(int position) {
        for (ArgSpec positional : parsed.matchedPositionals()) {
            if (positional instanceof picocli.CommandLine.Model.PositionalParamSpec spec
                    && spec.index().min() == position) {
                return spec.getValue();
            }
        }
        return List.of();
    }

    /** As {@link #words}, with the {@code --} that was typed before some of them: in a captured line it means something too. */
    List<String> typed(int position) {
        List<String> words = words(position);
        List<String> all = parsed.originalArgs();
        int dashes = all.indexOf("--");
        if (dashes < 0) {
            return words;
        }
        var typed = new ArrayList<>(words);
        typed.add(words.size() - (all.size() - dashes - 1), "--");
        return typed;
    }

    /** The words as one text, for a title that needs no quotes. */
    String sentence(int position) {
        return String.join(" ", words(position));
    }
}
