package dev.heph.cli.command;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * What a command takes, told to picocli by its programmatic API: reading annotations would cost every command 50 ms
 * (cli/RATIONALE.md).
 */
final class Syntax {
    private final CommandSpec spec = CommandSpec.create();
    private final List<String> examples = new ArrayList<>();
    private int positions;
    private boolean dashWords;

    private final String name;

    private Syntax(String name) {
        this.name = name;
    }

    /** @param summary half a line without a full stop */
    static Syntax of(String name, String summary) {
        var syntax = new Syntax(name);
        syntax.spec.name("heph " + name);
        syntax.spec.usageMessage().description(summary);
        syntax.spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("this text")
                .build());
        syntax.flag("--json", "the result as JSON: docs/reference/cli.md");
        syntax.option("--home", "DIR", "use the data, settings and daemon in DIR (instead of HEPH_HOME)");
        return syntax;
    }

    /** As {@link #of}, for a command that asks the daemon. */
    static Syntax asking(String name, String summary) {
        return of(name, summary).flag("--no-start", "fail instead of starting the daemon");
    }

    Syntax flag(String name, String description) {
        return flag(new String[] {name}, description);
    }

    Syntax flag(String[] names, String description) {
        spec.addOption(OptionSpec.builder(names)
                .type(boolean.class)
                .description(description)
                .build());
        return this;
    }

    Syntax option(String name, String label, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build());
        return this;
    }

    Syntax number(String name, String description) {
        spec.addOption(OptionSpec.builder(name)
                .type(Integer.class)
                .paramLabel("N")
                .description(description)
                .build());
        return this;
    }

    Syntax word(String label, String description) {
        return positional(label, "1", positions + "", description);
    }

    Syntax optionalWord(String label, String description) {
        return positional(label, "0..1", positions + "", description);
    }

    /** One word or more; nothing can follow. */
    Syntax words(String label, String description) {
        return positional(label, "1..*", positions + "..*", description);
    }

    /** Any number of words, or none; nothing can follow. */
    Syntax optionalWords(String label, String description) {
        return positional(label, "0..*", positions + "..*", description);
    }

    /** Any number of words that mean more than one thing. @param usage how they stand in the usage line */
    Syntax wordsAs(String usage, String description) {
        return positional(usage, "0..*", positions + "..*", description, true);
    }

    /** A word may start with one dash, as in {@code -rye}: it is a word of the query and not a misspelt option. */
    Syntax dashWords() {
        dashWords = true;
        return this;
    }

    Syntax example(String line) {
        examples.add(line);
        return this;
    }

    private Syntax positional(String label, String arity, String index, String description) {
        return positional(label, arity, index, description, false);
    }

    private Syntax positional(String label, String arity, String index, String description, boolean asItStands) {
        spec.addPositional(PositionalParamSpec.builder()
                .paramLabel(label)
                .hideParamSyntax(asItStands)
                .arity(arity)
                .required(!arity.startsWith("0"))
                .index(index)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .description(description)
                .build());
        positions++;
        return this;
    }

    CommandSpec spec() {
        return spec;
    }

    String name() {
        return name;
    }

    boolean takesDashWords() {
        return dashWords;
    }

    /** The examples as they stand below the help. */
    String[] footer() {
        return examples.stream().map(example -> "  $ " + example).toArray(String[]::new);
    }

    String summary() {
        return spec.usageMessage().description()[0];
    }
}
