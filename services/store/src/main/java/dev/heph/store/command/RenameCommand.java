package dev.heph.store.command;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.model.id.DerivedId;
import dev.heph.model.id.Id;
import dev.heph.model.id.NameFold;
import dev.heph.model.markdown.Relinking;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import dev.heph.store.replica.Change;
import dev.heph.store.view.Views;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Gives a node another title and lets the texts that name it follow ("rename" in docs/design/markdown.md), all in one action. */
public final class RenameCommand {
    private RenameCommand() {}

    /** A text whose links followed. */
    public record Rewritten(Id note, List<Relinking.Line> lines) {}

    /** Renames, and rewrites every wiki link by the old title; links by other names, and by a path, lead here as before. */
    public static List<Rewritten> run(Change change, Id id, String title) {
        String before = change.value(id, Field.TITLE).flatMap(Value::asText).orElse("");
        String after = Titles.checked(NodeCommands.kind(change, id), title);
        if (!Relinking.canHold(after)) {
            throw Params.invalid("a wiki link cannot hold the title '" + after + "', because | # / \\ ^ ` < >, brackets and .md at its end mean something else in it:"
                    + " rename without rewriting, and links by the old title will still lead here");
        }
        if (change.isNamed(NameFold.fold(after), List.of(id, DerivedId.canonicalContext(id)))) {
            throw new HephException(Reason.CONFLICT, "another note is called '" + after + "' already, and the links could mean that one:"
                    + " rename without rewriting, or choose another title");
        }
        NodeCommands.update(change, id, Optional.of(title), Optional.empty(), Optional.empty());
        Map<Id, Set<Integer>> links = new LinkedHashMap<>();
        change.references(List.of(id, DerivedId.canonicalContext(id)), NameFold.fold(before))
                .forEach(reference -> links.computeIfAbsent(reference.src(), src -> new TreeSet<>()).add(reference.ordinal()));
        List<Rewritten> rewritten = new ArrayList<>();
        links.forEach((note, ordinals) -> {
            Relinking relinked = Relinking.of(change.text(note, Views.BODY), ordinals, after);
            if (!relinked.lines().isEmpty()) {
                change.save(note, Views.BODY, relinked.body(), Optional.empty());
                rewritten.add(new Rewritten(note, relinked.lines()));
            }
        });
        return rewritten;
    }
}
