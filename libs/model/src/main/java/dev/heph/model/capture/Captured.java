package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.Now;
import dev.heph.model.date.When;
import dev.heph.model.node.Attention;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a line said. Whatever it did not mention is empty.
 *
 * @param title   never empty; its words in the line's order, with one space between them
 * @param project the name as written, sub-projects after a slash
 * @param tags    in the line's order, each (folded) name once
 */
public record Captured(String title, Optional<Attention> attention, Optional<When> doDate, Optional<When> lateOn,
        Optional<String> project, List<String> tags, Optional<Repeat> repeat) {
    public Captured {
        tags = List.copyOf(tags);
    }

    /** For the person who wrote it: {@code Pay rent · do Sat 21 Nov · late Tue 1 Dec · red · @house · #home · every month}. */
    public String echo(Now now) {
        return echo(now, false);
    }

    /** @param newProject whether there is no project of that name yet, which may be a slip: {@code @hosue (new project)} */
    public String echo(Now now, boolean newProject) {
        List<String> parts = new ArrayList<>(List.of(title));
        doDate.ifPresent(when -> parts.add("do " + DateWords.spell(when, now)));
        lateOn.ifPresent(when -> parts.add("late " + DateWords.spell(when, now)));
        attention.ifPresent(value -> parts.add(value.word()));
        project.ifPresent(name -> parts.add((Mark.isName(name) ? "@" + name : "@\"%s\"".formatted(name)) + (newProject ? " (new project)" : "")));
        tags.forEach(tag -> parts.add("#" + tag));
        repeat.ifPresent(value -> parts.add(value.words()));
        Foreign.in(this, now).ifPresent(parts::add);
        return String.join(" · ", parts);
    }
}
