package dev.heph.gateway.foreign;

import dev.heph.gateway.rpc.JsonText;
import dev.heph.model.node.Attention;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A checkbox's line as the plugin Obsidian Tasks writes it: words, and signs with what they mean behind them.
 *
 * @param promoted whether it carries a date or repeats, and so is a task and not only something to tick off
 * @param complaints what in it could not be read, for a person
 */
record ObsidianLine(
        String title, Attention attention, Optional<String> doDate, Optional<String> lateOn, Optional<String> repeat, Optional<String> id,
        List<String> blockedBy, List<String> tags, boolean promoted, List<String> complaints) {
    /** Behind a sign an editor may put the selector that asks for its coloured form. */
    private static final String GAP = "\\uFE0F?\\s*";

    private static final String DUE = "📅📆🗓";
    private static final String SCHEDULED = "⏳⌛";
    private static final String STARTS = "🛫";
    private static final Pattern DATE = Pattern.compile("([" + DUE + SCHEDULED + STARTS + "✅❌➕])" + GAP + "(\\d{4}-\\d{2}-\\d{2})");
    private static final Pattern REPEAT = Pattern.compile("🔁" + GAP + "([^" + DUE + SCHEDULED + STARTS + "✅❌➕🔺⏫🔼🔽⏬🆔⛔🏁#^]+)");
    private static final Pattern PRIORITY = Pattern.compile("([🔺⏫🔼🔽⏬])\\uFE0F?");
    private static final Pattern ID = Pattern.compile("🆔" + GAP + "([\\w-]+)");
    private static final Pattern BLOCKED_BY = Pattern.compile("⛔" + GAP + "([\\w-]+(?:\\s*,\\s*[\\w-]+)*)");
    private static final Pattern WHEN_DONE = Pattern.compile("🏁" + GAP + "\\S+");
    private static final Pattern BLOCK = Pattern.compile("\\s\\^[\\w-]+\\s*$");
    private static final Pattern TAG = Pattern.compile("(?<!\\S)#([^\\s#]*[\\p{L}_/-][^\\s#]*)");
    private static final Pattern WIKI_LINK = Pattern.compile("!?\\[\\[(?:[^\\[\\]|]*\\|)?([^\\[\\]|]+)]]");

    /** The tag by which Obsidian Tasks may be told which checkboxes are tasks. */
    private static final String THE_TAG = "task";

    static ObsidianLine of(String text) {
        List<String> complaints = new ArrayList<>();
        List<MatchResult> dates = DATE.matcher(text).results().toList();
        Optional<String> repeat = first(REPEAT, text).map(String::strip);
        List<String> blockedBy = first(BLOCKED_BY, text).map(ids -> List.of(ids.split("\\s*,\\s*"))).orElse(List.of());
        List<String> tags = TAG.matcher(text).results().map(tag -> tag.group(1)).filter(tag -> !tag.equals(THE_TAG)).distinct().toList();
        String title = text;
        for (Pattern sign : List.of(BLOCK, DATE, REPEAT, PRIORITY, ID, BLOCKED_BY, WHEN_DONE, TAG)) {
            title = sign.matcher(title).replaceAll(" ");
        }
        title = WIKI_LINK.matcher(title).replaceAll(link -> Matcher.quoteReplacement(link.group(1))).replaceAll("\\s+", " ").strip();
        // As with Taskwarrior: it may be begun when both have come.
        Optional<String> doDate = Stream.concat(date(dates, SCHEDULED, complaints).stream(), date(dates, STARTS, complaints).stream())
                .max(String::compareTo);
        return new ObsidianLine(title.isEmpty() ? text : title, attention(first(PRIORITY, text).orElse("")), doDate,
                date(dates, DUE, complaints), repeat, first(ID, text), blockedBy, tags, !dates.isEmpty() || repeat.isPresent(), complaints);
    }

    private static Optional<String> first(Pattern sign, String text) {
        return sign.matcher(text).results().findFirst().map(found -> found.group(1));
    }

    private static Optional<String> date(List<MatchResult> dates, String signs, List<String> complaints) {
        Optional<String> found = dates.stream().filter(date -> signs.contains(date.group(1))).findFirst().map(date -> date.group(2));
        return found.filter(date -> {
            try {
                LocalDate.parse(date);
                return true;
            } catch (DateTimeException e) {
                complaints.add("its date " + JsonText.quote(date) + " is left out: there is no such day");
                return false;
            }
        });
    }

    private static Attention attention(String sign) {
        return switch (sign) {
            case "🔺" -> Attention.RED;
            case "⏫" -> Attention.ORANGE;
            default -> Attention.WHITE;
        };
    }
}
