package dev.heph.model.recur;

import dev.heph.model.id.Id;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Occurrences on the dates of the rule, whatever is done with them. */
final class FixedPlan implements Plan {
    private final Id definition;
    private final Recurrence recurrence;
    private final Series dates;
    private final LocalDateTime from;
    private final NavigableSet<LocalDateTime> closed = new TreeSet<>();

    FixedPlan(Id definition, Recurrence recurrence, Collection<Closed> closed) {
        this.definition = definition;
        this.recurrence = recurrence;
        dates = recurrence.dates();
        from = recurrence.start().isAfter(recurrence.effectiveFrom()) ? recurrence.start() : recurrence.effectiveFrom();
        closed.forEach(occurrence -> this.closed.add(occurrence.start()));
    }

    @Override
    public List<Occurrence> active(ZonedDateTime now, int most) {
        return (switch (recurrence.missed()) {
            case LATEST -> latest(now).filter(this::isOpen).stream();
            case ALL -> open(now).limit(most);
            case KEEP -> open(now).limit(1);
        }).map(this::occurrence).toList();
    }

    @Override
    public int open(ZonedDateTime now, int most) {
        return recurrence.missed() == Missed.ALL ? (int) open(now).limit(most).count() : active(now, 1).size();
    }

    @Override
    public int missed(ZonedDateTime now) {
        return switch (recurrence.missed()) {
            case LATEST -> latest(now).filter(this::isOpen).map(this::openBefore).orElse(0);
            case ALL -> 0;
            case KEEP -> (int) open(now).skip(1).limit(MOST).count();
        };
    }

    @Override
    public Stream<Occurrence> coming(ZonedDateTime now) {
        return latest(now).map(last -> dates.from(last.plusSeconds(1))).orElseGet(() -> dates.from(from))
                .filter(this::isOpen).map(this::occurrence);
    }

    @Override
    public List<Occurrence> passed(ZonedDateTime now, int most) {
        return recurrence.missed() != Missed.LATEST ? List.of()
                : Stream.iterate(latest(now), Optional::isPresent, date -> before(date.orElseThrow())).skip(1).limit(most)
                        .map(Optional::orElseThrow).filter(this::isOpen).map(this::occurrence).toList();
    }

    /** The newest date that is due. */
    private Optional<LocalDateTime> latest(ZonedDateTime now) {
        Optional<LocalDateTime> date = dates.lastAtOrBefore(recurrence.wall(now)).filter(this::counts);
        while (date.isPresent() && !recurrence.isDue(date.get(), now)) {
            date = before(date.get());
        }
        return date;
    }

    private Optional<LocalDateTime> before(LocalDateTime date) {
        return dates.lastAtOrBefore(date.minusSeconds(1)).filter(this::counts);
    }

    /** What is open and due, the oldest first. */
    private Stream<LocalDateTime> open(ZonedDateTime now) {
        LocalDateTime wall = recurrence.wall(now);
        return dates.from(from).takeWhile(date -> !date.isAfter(wall)).filter(date -> recurrence.isDue(date, now)).filter(this::isOpen);
    }

    /** How many dates passed between the last one closed before {@code date} and that. */
    private int openBefore(LocalDateTime date) {
        LocalDateTime lastClosed = closed.lower(date);
        LocalDateTime first = lastClosed == null || lastClosed.isBefore(from) ? from : lastClosed.plusSeconds(1);
        return dates.count(first, date.minusSeconds(1), MOST);
    }

    private boolean counts(LocalDateTime date) {
        return !date.isBefore(from);
    }

    private boolean isOpen(LocalDateTime date) {
        return !closed.contains(date);
    }

    private Occurrence occurrence(LocalDateTime date) {
        return Occurrence.on(definition, date);
    }
}
