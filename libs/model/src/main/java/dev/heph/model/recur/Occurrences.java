package dev.heph.model.recur;

import dev.heph.model.id.Id;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The occurrences of one recurring task: a pure function of its rule, of what was closed, and of now, so that nothing has to be stored for
 * the future and two devices that know the same say the same. {@code now} is in the zone of the person who looks.
 */
public final class Occurrences {
    private final List<Closed> closed;
    private final Plan plan;

    /** {@code closed}: those that are done, dropped or skipped; one that was reopened is not among them. */
    public Occurrences(Id definition, Recurrence recurrence, Collection<Closed> closed) {
        this.closed = closed.stream().sorted(Closed.BY_DATE).toList();
        plan = recurrence.afterDone() ? new AfterDonePlan(definition, recurrence, this.closed)
                : new FixedPlan(definition, recurrence, this.closed);
    }

    /** Those to be worked on, the oldest first: one at most, but for {@link Missed#ALL}; of that no more than 1,000. */
    public List<Occurrence> active(ZonedDateTime now) {
        return plan.active(now, Plan.MOST);
    }

    /** The oldest of those to be worked on. */
    public List<Occurrence> active(ZonedDateTime now, int most) {
        return plan.active(now, Math.min(most, Plan.MOST));
    }

    /** How many there are to be worked on; 1,000 may be more. Faster than to ask which: each id is a hash. */
    public int open(ZonedDateTime now) {
        return plan.open(now, Plan.MOST);
    }

    /** How many dates the active one stands for besides its own; 1,000 may be more. */
    public int missed(ZonedDateTime now) {
        return plan.missed(now);
    }

    /** Those that are not due yet, soonest first; mostly endless. Counted from completion there is one at most. */
    public Stream<Occurrence> coming(ZonedDateTime now) {
        return plan.coming(now);
    }

    /** Where the task stands: the oldest active one, or else the next to come. Empty: the rule has ended, and the task is done. */
    public Optional<Occurrence> current(ZonedDateTime now) {
        return active(now, 1).stream().findFirst().or(() -> coming(now).findFirst());
    }

    /** What was closed, and what was missed for good, in the order of their dates; the newest {@code most}. */
    public List<Past> history(ZonedDateTime now, int most) {
        Comparator<Past> order = Comparator.comparing(past -> past.occurrence().start());
        List<Past> past = Stream.concat(
                closed.stream().map(one -> new Past(new Occurrence(one.id(), one.start()), Optional.of(one))),
                plan.passed(now, most).stream().map(one -> new Past(one, Optional.empty()))).sorted(order).toList();
        return past.subList(Math.max(0, past.size() - most), past.size());
    }

    /** The one that "reopen" takes back: the one closed last. */
    public Optional<Closed> lastClosed() {
        return closed.stream().max(Closed.BY_TIME);
    }
}
