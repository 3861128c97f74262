package dev.heph.simulator;

import dev.heph.model.id.Id;
import dev.heph.model.node.Kind;
import dev.heph.model.op.Op;
import dev.heph.model.op.Version;
import dev.heph.store.command.NodeCommands;
import dev.heph.store.command.RenameCommand;
import dev.heph.store.command.TaskStates;
import dev.heph.store.replica.Change;
import dev.heph.store.view.Views;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What people do with notes. */
final class NoteDeeds {
    private static final String[] ANY = {"doc", "journal", "project", "tag", "task"};
    private static final List<String> ALIASES = List.of("one", "other", "Beta");

    private final Desk desk;

    NoteDeeds(Desk desk) {
        this.desk = desk;
    }

    void addTo(Map<Act, Deed> deeds) {
        deeds.put(Act.NOTE, this::note);
        deeds.put(Act.JOURNAL, this::journal);
        deeds.put(Act.SAVE, this::save);
        deeds.put(Act.LOAD, this::load);
        deeds.put(Act.SAVE_LOADED, this::saveLoaded);
        deeds.put(Act.RENAME, this::rename);
        deeds.put(Act.RELINK, this::relink);
        deeds.put(Act.ALIAS, work -> each(work, "calls", NodeCommands::addAlias));
        deeds.put(Act.UNALIAS, work -> each(work, "no longer calls", NodeCommands::removeAlias));
        deeds.put(Act.LINK, this::link);
        deeds.put(Act.UNLINK, this::unlink);
        deeds.put(Act.DELETE, this::delete);
    }

    private void note(Work work) {
        String title = title(work);
        String body = new Editing(work.dice(), work.typed()).fresh();
        Change change = work.change();
        Id id = NodeCommands.create(change, Kind.DOC, title, Optional.of(body));
        work.say("writes a note '%s': %s", title, shown(body));
        work.saving(id, "", body);
        work.commit(change);
    }

    private static String title(Work work) {
        return work.dice().oneIn(2) ? work.dice().of(Editing.TITLES) : "Note " + work.step().number();
    }

    private void journal(Work work) {
        String day = LocalDate.of(2026, 11, 21).plusDays(work.dice().upTo(3)).toString();
        Change change = work.change();
        NodeCommands.create(change, Kind.JOURNAL, day, Optional.empty());
        work.say("opens the journal of %s", day);
        work.commit(change);
    }

    private void save(Work work) {
        work.dice().pick(work.peer().bodies(), Id::low).ifPresent(id -> {
            Change change = work.change();
            String text = change.text(id, Views.BODY);
            Optional<Version> base = work.dice().oneIn(2) ? Optional.of(change.version(id, Views.BODY)) : Optional.empty();
            save(work, change, new Desk.Open(0, id, text, change.version(id, Views.BODY), work.peer().lists().occurrenceOf(id)), base);
        });
    }

    private void save(Work work, Change change, Desk.Open open, Optional<Version> base) {
        String saved = new Editing(work.dice(), work.typed()).edited(open.text());
        work.say("saves %s: %s → %s", work.title(open.id()), shown(open.text()), shown(saved));
        work.tickingIn(open.occurrence());
        work.closingAny();
        NodeCommands.update(change, open.id(), Optional.empty(), Optional.of(work.saving(open.id(), open.text(), saved)), base);
        new TaskStates(change, work.peer().recurring()).followTicks();
        work.commit(change);
    }

    private void load(Work work) {
        work.dice().pick(work.peer().bodies(), Id::low).ifPresent(id -> {
            Change change = work.change();
            Desk.Open open = new Desk.Open(work.step().number(), id, change.text(id, Views.BODY), change.version(id, Views.BODY),
                    work.peer().lists().occurrenceOf(id));
            work.say("opens %s in an editor", work.title(id));
            desk.openAt(work.peer()).add(open);
        });
    }

    private void saveLoaded(Work work) {
        if (desk.openAt(work.peer()).isEmpty()) {
            load(work);
            return;
        }
        work.dice().pick(desk.openAt(work.peer()), Desk.Open::step).ifPresent(open -> {
            if (!work.dice().oneIn(3)) {
                desk.openAt(work.peer()).remove(open);
            }
            work.say("from the editor of step %d", open.step());
            save(work, work.change().ticking(any -> open.occurrence()), open, Optional.of(open.version()));
        });
    }

    private void rename(Work work) {
        work.pick(ANY).ifPresent(id -> {
            String title = title(work);
            work.say("renames %s to %s", work.title(id), title);
            Change change = work.change();
            NodeCommands.update(change, id, Optional.of(title), Optional.empty(), Optional.empty());
            work.commit(change);
        });
    }

    private void relink(Work work) {
        work.pick(ANY).ifPresent(id -> {
            String title = title(work);
            work.say("renames %s to %s, and the links with it", work.title(id), title);
            Change change = work.change();
            RenameCommand.run(change, id, title);
            work.commit(change);
        });
    }

    private interface Naming {
        void run(Change change, Id id, String alias);
    }

    private void each(Work work, String what, Naming naming) {
        work.pick(ANY).ifPresent(id -> {
            String alias = work.dice().of(ALIASES);
            work.say("%s %s also %s", what, work.title(id), alias);
            Change change = work.change();
            naming.run(change, id, alias);
            work.commit(change);
        });
    }

    private void link(Work work) {
        Optional<Id> src = work.pick(ANY);
        Optional<Id> dst = work.pick(ANY);
        if (src.isPresent()) {
            work.say("links %s to %s", work.title(src.get()), work.title(dst.get()));
            Change change = work.change();
            NodeCommands.link(change, NodeCommands.link(src.get(), "about", dst.get(), Optional.empty()));
            work.commit(change);
        }
    }

    private void unlink(Work work) {
        List<Op.Link> links = work.tx().all("SELECT src, type, dst FROM link_tags WHERE space = 1 AND type IN ('about', 'blocks') GROUP BY 1, 2, 3",
                row -> new Op.Link(Id.of(row.getBytes(1)), row.getString(2), Id.of(row.getBytes(3)), Optional.empty()));
        work.dice().pick(links, link -> link.src().low() * 31 + link.dst().low()).ifPresent(link -> {
            work.say("unlinks %s from %s", work.title(link.src()), work.title(link.dst()));
            Change change = work.change();
            NodeCommands.unlink(change, link);
            work.commit(change);
        });
    }

    private void delete(Work work) {
        work.pick(ANY).ifPresent(id -> {
            work.say("deletes %s", work.title(id));
            Change change = work.change();
            NodeCommands.tombstone(change, id);
            work.commit(change);
        });
    }

    static String shown(String text) {
        String line = text.replace("\n", "|");
        return "'" + (line.length() <= 160 ? line : line.substring(0, 160) + "…") + "'";
    }
}
