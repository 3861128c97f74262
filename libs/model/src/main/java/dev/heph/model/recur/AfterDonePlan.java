package dev.heph.model.recur;

import dev.heph.model.id.Id;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One occurrence after the other, each counted from the day on which the one before was closed. There is never more than one open, so none
 * is missed, and what comes after it is not known yet.
 */
final class AfterDonePlan implements Plan {
    private final Id definition;
    private final Recurrence recurrence;
    private final Optional<Occurrence> open;

    AfterDonePlan(Id definition, Recurrence recurrence, Collection<Closed> closed) {
        this.definition = definition;
        this.recurrence = recurrence;
        open = open(closed.stream().collect(Collectors.toMap(Closed::id, Function.identity(), (one, same) -> one)));
    }

    @Override
    public List<Occurrence> active(ZonedDateTime now, int most) {
        return open.filter(occurrence -> recurrence.isDue(occurrence.start(), now)).stream().toList();
    }

    @Override
    public int open(ZonedDateTime now, int most) {
        return active(now, most).size();
    }

    @Override
    public int missed(ZonedDateTime now) {
        return 0;
    }

    @Override
    public Stream<Occurrence> coming(ZonedDateTime now) {
        return open.filter(occurrence -> !recurrence.isDue(occurrence.start(), now)).stream();
    }

    @Override
    public List<Occurrence> passed(ZonedDateTime now, int most) {
        return List.of();
    }

    /** The dates if each is done on its day. */
    static Stream<LocalDateTime> inTime(Recurrence recurrence) {
        Id any = new Id(0, 0);
        AfterDonePlan plan = new AfterDonePlan(any, recurrence, List.of());
        return Stream.iterate(Optional.of(recurrence.start()), Optional::isPresent,
                date -> plan.after(new Closed(any, date.get(), Outcome.DONE, date.get())).filter(plan::isBeforeEnd))
                .map(Optional::orElseThrow).limit(recurrence.rule().count().orElse(Integer.MAX_VALUE));
    }

    /** The first of the chain that is not closed. */
    private Optional<Occurrence> open(Map<Id, Closed> closed) {
        Optional<Occurrence> next = lastBeforeEdit(closed.values()).map(this::following)
                .orElseGet(() -> Optional.of(Occurrence.on(definition, recurrence.start())));
        int left = recurrence.rule().count().orElse(Integer.MAX_VALUE);
        while (next.isPresent() && closed.containsKey(next.get().id())) {
            left--;
            next = left == 0 ? Optional.empty() : following(closed.get(next.get().id()));
        }
        return next;
    }

    /** An edited rule goes on from what was closed last before it, be it by a rule of fixed dates. */
    private Optional<Closed> lastBeforeEdit(Collection<Closed> closed) {
        return !recurrence.effectiveFrom().isAfter(recurrence.start()) ? Optional.empty()
                : closed.stream().filter(one -> one.at().isBefore(recurrence.effectiveFrom())).max(Closed.BY_TIME);
    }

    private Optional<Occurrence> following(Closed last) {
        return after(last).filter(this::isBeforeEnd).map(date -> Occurrence.after(definition, last.id(), date));
    }

    private boolean isBeforeEnd(LocalDateTime date) {
        return recurrence.rule().end().map(end -> !date.isAfter(end.last(recurrence.zone()))).orElse(true);
    }

    /** A skipped one was not done: the next is not before it, however early it was skipped. */
    private Optional<LocalDateTime> after(Closed last) {
        LocalDateTime from = last.outcome() == Outcome.SKIPPED && last.at().isBefore(last.start()) ? last.start() : last.at();
        Rule rule = recurrence.rule().endless();
        LocalDateTime moment = from.truncatedTo(ChronoUnit.SECONDS);
        LocalDate day = from.toLocalDate();
        LocalDateTime sameTime = day.atTime(recurrence.start().toLocalTime());
        return rule.frequency().isSubDaily() ? rule.from(moment, recurrence.zone()).after(moment)
                : rule.isPlain() ? Optional.of(sameTime.plus(rule.interval(), unit(rule))).filter(date -> !date.isAfter(Series.NEVER))
                : rule.from(sameTime, recurrence.zone()).from(day.plusDays(1).atStartOfDay()).findFirst();
    }

    /** "A month after" the 31st is the last day of the next month; the rule alone would wait for the next 31st. */
    private static ChronoUnit unit(Rule rule) {
        return switch (rule.frequency()) {
            case YEARLY -> ChronoUnit.YEARS;
            case MONTHLY -> ChronoUnit.MONTHS;
            case WEEKLY -> ChronoUnit.WEEKS;
            default -> ChronoUnit.DAYS;
        };
    }
}
