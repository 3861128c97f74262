package dev.heph.cli.command;

import dev.heph.cli.terminal.Shell;
import dev.heph.settings.Nearest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the words of a command line, or says in one line what is wrong with them. */
final class Parser {
    private static final int HELP_COLUMNS_MAX = 100;

    private final Syntax syntax;
    private final CommandLine line;

    Parser(Syntax syntax) {
        this.syntax = syntax;
        // A title may contain anything: neither @file nor -abc means something to us.
        this.line = new CommandLine(syntax.spec())
                .setExpandAtFiles(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUnmatchedOptionsArePositionalParams(syntax.takesDashWords());
    }

    /** @return what was typed; empty when that was {@code --help}, which is answered here */
    Optional<Arguments> parse(List<String> words, Shell shell) {
        try {
            refuseMisspeltOptions(words);
            ParseResult parsed = line.parseArgs(words.toArray(String[]::new));
            if (parsed.isUsageHelpRequested()) {
                shell.out().text(help(shell));
                return Optional.empty();
            }
            return Optional.of(new Arguments(parsed));
        } catch (ParameterException e) {
            throw misuse(said(e));
        }
    }

    /** Where -word is a word, picocli would take --limti for one as well. */
    private void refuseMisspeltOptions(List<String> words) {
        for (String word : words) {
            if (!syntax.takesDashWords() || word.equals("--")) {
                return;
            }
            String name = word.indexOf('=') < 0 ? word : word.substring(0, word.indexOf('='));
            if (name.startsWith("--") && !options().contains(name)) {
                throw misuse(unknown(name));
            }
        }
    }

    private UsageException misuse(String message) {
        return new UsageException(message + (message.endsWith("?") ? " " : ". ") + "Try: heph help " + syntax.name());
    }

    private String said(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched ->
                unmatched(unmatched.getUnmatched().getFirst());
            case MissingParameterException missing
            when !missing.getMissing().isEmpty() -> missing(missing.getMissing());
            case OverwrittenOptionException twice when twice.getOverwritten() instanceof OptionSpec option ->
                option.longestName() + " stands there twice: leave one out";
            default ->
                e.getArgSpec() instanceof OptionSpec option && e.getValue() != null
                        ? badValue(option, e.getValue())
                        : e.getMessage();
        };
    }

    private static String badValue(OptionSpec option, String value) {
        boolean flag = option.type() == boolean.class;
        return option.longestName() + (flag ? " takes no value" : " takes a number, not '" + value + "'");
    }

    private String unmatched(String word) {
        return word.startsWith("-") ? unknown(word) : syntax.name() + " does not take '" + word + "' as well";
    }

    private String unknown(String option) {
        Optional<String> near = option.startsWith("--") ? Nearest.to(option, options()) : Optional.empty();
        return "unknown option '" + option + "'"
                + near.map(name -> ". Did you mean " + name + "?").orElse("");
    }

    private String missing(List<ArgSpec> missing) {
        ArgSpec first = missing.getFirst();
        return first instanceof OptionSpec option
                ? option.longestName() + " needs a value: " + option.paramLabel()
                : syntax.name() + " needs a " + first.paramLabel();
    }

    private List<String> options() {
        return syntax.spec().options().stream()
                .flatMap(option -> Stream.of(option.names()))
                .toList();
    }

    String help(Shell shell) {
        syntax.spec().usageMessage().width(Math.clamp(shell.terminal().columns(), 55, HELP_COLUMNS_MAX));
        syntax.spec().usageMessage().footer(syntax.footer());
        var text = new ByteArrayOutputStream();
        line.usage(
                new PrintStream(text, true, StandardCharsets.UTF_8),
                shell.terminal().colour() ? Ansi.ON : Ansi.OFF);
        return text.toString(StandardCharsets.UTF_8);
    }
}
