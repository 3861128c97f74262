package dev.heph.model.recur;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.stream.Stream;

/** Which occurrences there are, given those that are closed. */
sealed interface Plan permits FixedPlan, AfterDonePlan {
    /** No list or count of what was missed goes further. */
    int MOST = 1_000;

    List<Occurrence> active(ZonedDateTime now, int most);

    /** How many are active, no more than {@code most}. */
    int open(ZonedDateTime now, int most);

    int missed(ZonedDateTime now);

    Stream<Occurrence> coming(ZonedDateTime now);

    /** Dates that passed and will not be asked for again, the newest {@code most}. */
    List<Occurrence> passed(ZonedDateTime now, int most);
}
