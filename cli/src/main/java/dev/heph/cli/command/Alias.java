package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;

final class Alias implements Command {
    @Override
    public Syntax syntax() {
        return Syntax.asking("alias", "give a note another name, which links can use too")
                .word("NOTE", "a short id, a title or an alias")
                .word("NAME", "the other name")
                .flag("--remove", "take the name away")
                .example("heph alias k3f9 Rent");
    }

    @Override
    public int run(Arguments given, Session session) {
        boolean remove = given.flag("--remove");
        Json node = session.notes().find(given.word(0));
        String alias = given.word(1);
        Result result = session.call(
                remove ? "alias.remove" : "alias.add", "id", node.at("id").text(), "alias", alias);
        if (!session.printed(result)) {
            boolean changed = result.json().at("changed").truth();
            String said = remove
                    ? (changed ? " is no longer called " : " was not called ")
                    : (changed ? " is also called " : " is called that already: ");
            session.out().line(Label.of(session, node) + said + alias);
        }
        return 0;
    }
}
