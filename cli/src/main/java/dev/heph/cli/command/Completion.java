package dev.heph.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The scripts that let a shell complete; they ask {@link Complete}. */
final class Completion implements Command {
    static final List<String> SHELLS = List.of("bash", "fish", "zsh");

    @Override
    public Syntax syntax() {
        return Syntax.of("completion", "a script that completes commands, options, ids by title, projects and tags")
                .word("SHELL", "bash, zsh or fish")
                .example("echo 'source <(heph completion bash)' >> ~/.bashrc")
                .example("echo 'source <(heph completion zsh)' >> ~/.zshrc")
                .example("heph completion fish > ~/.config/fish/completions/heph.fish");
    }

    @Override
    public int run(Arguments given, Session session) throws IOException {
        String shell = given.word(0);
        if (!SHELLS.contains(shell)) {
            throw new UsageException("completion knows bash, zsh and fish, not '" + shell + "'. Try: heph help completion");
        }
        try (InputStream script = Completion.class.getResourceAsStream("completion." + shell)) {
            session.out().bytes(script.readAllBytes());
        }
        return 0;
    }
}
