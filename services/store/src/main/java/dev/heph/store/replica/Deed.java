package dev.heph.store.replica;

import dev.heph.model.checklist.Mark;
import dev.heph.model.id.Id;
import dev.heph.model.merge.Race;
import dev.heph.model.op.Op;
import dev.heph.model.register.Field;
import dev.heph.model.register.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What an action did, for people: {@code done Pay rent}, {@code add 3 tasks}.
 *
 * @param about the nodes that have a title of their own, in the order of the ops
 */
public record Deed(String label, List<Id> about) {
    /**
     * A node as people know it.
     *
     * @param id its own, or that of the task whose context document it is
     * @param isCompany it is a project or a tag, made and deleted along with what is put into it
     */
    public record About(Id id, String title, boolean isCompany) {}

    /** @param known what there is to say of a node */
    public static Deed of(Undo.Step step, Function<Id, Optional<About>> known) {
        Map<Id, Optional<About>> asked = new HashMap<>();
        Map<Id, String> titles = new LinkedHashMap<>();
        Map<Id, String> company = new LinkedHashMap<>();
        Map<Id, String> renamed = new LinkedHashMap<>();
        boolean followed = true;
        Optional<String> verb = Optional.empty();
        Optional<String> companyVerb = Optional.empty();
        boolean tasks = true;
        for (Undo.Done done : step.action()) {
            Optional<About> about = asked.computeIfAbsent(subject(done.op()), known);
            if (about.isEmpty()) {
                continue;
            }
            if (about.get().isCompany()) {
                company.putIfAbsent(about.get().id(), about.get().title());
                companyVerb = companyVerb.or(() -> verb(done.op()));
            } else {
                titles.putIfAbsent(about.get().id(), about.get().title());
                verb = verb.or(() -> verb(done.op()));
                if (done.op() instanceof Op.NodeSet set && set.field().equals(Field.TITLE)) {
                    renamed.putIfAbsent(about.get().id(), about.get().title());
                } else {
                    followed &= isFollowing(done.op());
                }
                tasks &= done.op() instanceof Op.NodeSet set && set.field().facet().equals(Field.STATE.facet());
            }
        }
        if (renamed.size() == 1 && followed && titles.size() > 1) { // the texts that named it were rewritten
            return new Deed("rename " + renamed.values().iterator().next(), List.copyOf(titles.keySet()));
        }
        Map<Id, String> shown = titles.isEmpty() ? company : titles;
        String what = shown.size() == 1 ? shown.values().iterator().next() : shown.size() + (tasks && !titles.isEmpty() ? " tasks" : " notes and tasks");
        return new Deed((titles.isEmpty() ? companyVerb : verb).orElse("change") + " " + what, List.copyOf(shown.keySet()));
    }

    /** What comes with a new title: the old one becomes a name, and texts follow. */
    private static boolean isFollowing(Op op) {
        return op instanceof Op.TextChange || op instanceof Op.LinkAdd(Op.Link link) && link.type().equals("alias");
    }

    /** The node that people would name: of a task that waits for another, itself. */
    private static Id subject(Op op) {
        return switch (op) {
            case Op.LinkAdd(Op.Link link) when link.type().equals(BLOCKS) -> link.dst();
            case Op.LinkRemove(Op.Link link, var seen) when link.type().equals(BLOCKS) -> link.dst();
            default -> op.target();
        };
    }

    private static final String BLOCKS = "blocks";

    /** What ops did to one thing, in a word or two: {@code done}, {@code make red}. */
    public static String verb(Stream<Op> ops) {
        return ops.flatMap(op -> verb(op).stream()).findFirst().orElse("change").replaceFirst(" (in|to|from|of)$", "");
    }

    private static String stateVerb(String state) {
        return switch (state) {
            case "outstanding" -> "reopen";
            case "dropped" -> "drop";
            case "skipped" -> "skip";
            default -> state;
        };
    }

    private static Optional<String> verb(Op op) {
        return switch (op) {
            case Op.NodeCreate(Id id, var fields) when fields.containsKey(Field.OCCURRENCE_OF) -> Optional.empty();
            case Op.NodeCreate create -> Optional.of("add");
            case Op.NodeSet set when set.field().facet().equals(Race.SETTLED) -> Optional.of("settle a conflict in");
            case Op.NodeSet set when set.field().equals(Field.STATE) -> set.value().asText().map(Deed::stateVerb);
            case Op.NodeSet set when set.field().equals(Field.RECURRENCE) || set.field().equals(Field.MISSED) ->
                    Optional.of(set.value() instanceof Value.None ? "end the repetition of" : "repeat");
            case Op.NodeSet set when set.field().equals(Field.TITLE) -> Optional.of("rename");
            case Op.NodeSet set when set.field().equals(Field.ATTENTION) ->
                    set.value().asText().map(attention -> "make " + attention);
            case Op.NodeSet set when set.field().equals(Field.DO_DATE) || set.field().equals(Field.LATE_ON) ->
                    Optional.of(set.value() instanceof Value.None ? "take the date from" : "schedule");
            case Op.NodeSet set when set.field().equals(Field.PROJECT) || set.field().equals(Field.PARENT) -> Optional.of("move");
            case Op.NodeSet set when set.field().equals(Field.COMMITTED) -> Optional.of("promote");
            case Op.NodeSet set when Mark.character(set.field()).isPresent() ->
                    Optional.of(set.value().asText().filter(mark -> !mark.isBlank()).isPresent() ? "tick a box in" : "untick a box in");
            case Op.TextChange edit -> Optional.of("edit");
            case Op.LinkAdd(Op.Link link) -> Optional.of(switch (link.type()) {
                case "tagged" -> "tag";
                case BLOCKS -> "block";
                case "alias" -> "give a name to";
                default -> "link";
            });
            case Op.LinkRemove(Op.Link link, var seen) -> Optional.of(switch (link.type()) {
                case "tagged" -> "untag";
                case BLOCKS -> "unblock";
                default -> "unlink";
            });
            case Op.Tombstone delete -> Optional.of("delete");
            case Op.Restore restore -> Optional.of("restore");
            case Op.LogAppend entry -> Optional.of("log to");
            default -> Optional.empty();
        };
    }
}
