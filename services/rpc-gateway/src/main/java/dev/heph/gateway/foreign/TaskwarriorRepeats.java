package dev.heph.gateway.foreign;

import dev.heph.gateway.rpc.JsonText;
import dev.heph.model.node.State;
import dev.heph.model.recur.Rule;
import dev.heph.model.recur.RuleException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Tasks that repeat, and the open ones that Taskwarrior made from them: each of the former stands for the latter. Which is which is
 * known when the file has been read, for it has them in any order.
 */
final class TaskwarriorRepeats {
    private record Template(ForeignTask task, TaskwarriorRecord.Recurrence recurrence) {}

    private record Instance(ForeignTask task, Optional<LocalDateTime> due) {}

    /** Where one that repeats stands. @param due its first date here */
    private record Standing(State state, Optional<LocalDateTime> due, Optional<Repetition> repeats) {}

    private final Findings findings;
    private final List<Template> templates = new ArrayList<>();

    /** By the key of what they were made from. */
    private final Map<String, List<Instance>> instances = new LinkedHashMap<>();

    TaskwarriorRepeats(Findings findings) {
        this.findings = findings;
    }

    void template(ForeignTask task, TaskwarriorRecord.Recurrence recurrence) {
        templates.add(new Template(task, recurrence));
    }

    void instance(String parent, ForeignTask task, Optional<LocalDateTime> due) {
        instances.computeIfAbsent(parent, key -> new ArrayList<>()).add(new Instance(task, due));
    }

    /** Tells what there was, in the order of the file; an instance whose template is not in it is a task like any other. */
    void tell() {
        int stoodFor = 0;
        for (Template template : templates) {
            List<Instance> made = Optional.ofNullable(instances.remove(template.task().key())).orElse(List.of());
            stoodFor += made.size();
            findings.task(task(template, made));
        }
        instances.values().forEach(alone -> alone.forEach(instance -> findings.task(instance.task())));
        if (stoodFor > 0) {
            findings.skipped("attribute 'parent'", (stoodFor == 1 ? "1 task is a date" : stoodFor + " tasks are dates")
                    + " of one that repeats, and came in as that one");
        }
    }

    private ForeignTask task(Template template, List<Instance> made) {
        ForeignTask task = template.task();
        TaskwarriorRecord.Recurrence recurrence = template.recurrence();
        Optional<LocalDateTime> open = made.stream().flatMap(instance -> instance.due().stream()).min(Comparator.naturalOrder());
        Standing standing;
        try {
            standing = standing(recurrence, open);
        } catch (Unfit unread) {
            findings.skipped(task.label(), unread.getMessage());
            standing = new Standing(State.OUTSTANDING, open.or(recurrence::due), Optional.empty());
        }
        List<String> log = Stream.concat(Stream.of(task), made.stream().map(Instance::task))
                .flatMap(one -> one.log().stream()).distinct().toList();
        return task.standing(standing.state(), standing.due().map(TaskwarriorRecord::local), standing.repeats(), log);
    }

    /** @param open when the earliest of those is due that wait to be done */
    private static Standing standing(TaskwarriorRecord.Recurrence recurrence, Optional<LocalDateTime> open) throws Unfit {
        LocalDateTime begun = recurrence.due().orElseThrow(() -> new Unfit("repeats, but has no due: it came in once"));
        TaskwarriorPeriod period = TaskwarriorPeriod.of(recurrence.recur()).orElseThrow(() -> unread(recurrence.recur()));
        try {
            Optional<LocalDateTime> next = open.isPresent() ? open
                    : period.from(begun, recurrence.until()).from(begun).stream().skip(recurrence.made()).findFirst();
            if (next.isEmpty()) {
                return new Standing(State.DROPPED, Optional.of(begun), Optional.empty()); // as Taskwarrior will say when it looks again
            }
            Rule rule = period.from(next.get(), recurrence.until());
            Optional<LocalDateTime> first = rule.from(next.get()).stream().findFirst();
            // Without a first one, the date that waits is the last.
            return new Standing(State.OUTSTANDING, first.or(() -> next),
                    first.map(date -> new Repetition(rule.toString(), false, Optional.empty())));
        } catch (RuleException wrong) {
            throw unread(recurrence.recur());
        }
    }

    private static Unfit unread(String recur) {
        return new Unfit("repeats, but heph does not read " + JsonText.quote(recur) + ": it came in once");
    }
}
