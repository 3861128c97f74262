package dev.heph.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can happen at a step, and how often it does. */
enum Act {
    // What people do
    NOTE(5), JOURNAL(2), SAVE(16), LOAD(3), SAVE_LOADED(6), RENAME(3), RELINK(1), ALIAS(1), UNALIAS(1), LINK(2), UNLINK(1), DELETE(3),
    TASK(4), ITEM(1), TICK(4), PROMOTE(2), STATE(5), ATTENTION(2), SCHEDULE(3), PUT_INTO_PROJECT(2), TAG(2), UNTAG(1), BLOCK(1), LOG(2),
    REPEAT(3), CLOSE(6), REOPEN(2), PUT_OFF(2), OCCURRENCE(2), PROJECT(2), MOVE_PROJECT(3), UNDO(4), REDO(1), SETTLE_CONFLICT(3), IMPORT(4), BRING_BACK(3), BRING_ALL_BACK(1),

    // What happens to them
    EXCHANGE(6), SEND(10), DELIVER(14), PARTITION(1), HEAL(2), CLOCK(2), RESTART(1), SETTLE(2),

    // What happens to whole devices, in some plans: they are copied, come back from a backup, take a newer heph
    COPY(0), BACK_UP(0), COME_BACK(0), UPGRADE(0);

    /** Without these there is little to do. */
    private static final List<Act> BEGINNINGS = List.of(NOTE, NOTE, TASK, TASK, TASK, JOURNAL, PROJECT, IMPORT, EXCHANGE, EXCHANGE);

    private static final List<Act> BY_WEIGHT = new ArrayList<>();

    static {
        for (Act act : values()) {
            for (int time = 0; time < act.weight; time++) {
                BY_WEIGHT.add(act);
            }
        }
    }

    private final int weight;

    Act(int weight) {
        this.weight = weight;
    }

    boolean isOfNetwork() {
        return compareTo(EXCHANGE) >= 0;
    }

    /** What people often do next. */
    Optional<Act> followedBy() {
        return switch (this) {
            case UNDO -> Optional.of(REDO);
            case SETTLE -> Optional.of(SETTLE_CONFLICT);
            case MOVE_PROJECT -> Optional.of(MOVE_PROJECT);
            case COPY, SAVE_LOADED -> Optional.of(SAVE_LOADED);
            default -> Optional.empty();
        };
    }

    /** @param beginning whether there is hardly anything yet */
    static Act any(Dice dice, boolean beginning) {
        return dice.of(beginning ? BEGINNINGS : BY_WEIGHT);
    }
}
