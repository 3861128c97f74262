package dev.heph.model.capture;

import dev.heph.model.date.DateWords;
import dev.heph.model.date.DateWordsException;
import dev.heph.model.date.Now;
import dev.heph.model.date.Quoted;
import dev.heph.model.date.When;
import dev.heph.model.id.NameFold;
import dev.heph.model.node.Attention;
import dev.heph.model.recur.Rule;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads a line once, word by word: marks go to their fields, the rest to the title; last, a date at the title's end. */
final class LineReader {
    static final String DO = "do:";
    static final String LATE = "late:";
    static final String EVERY = "every";
    static final String END = "--";

    /** What leads from a repetition to the date with which it begins. */
    private static final Set<String> FROM = Set.of("from", "starting");

    /** What would be taken for a date by mistake: numbers, stretches of time, 100 metres, and what is past. */
    private static final Pattern NOT_BARE = Pattern.compile(
            "none|-.*|\\+\\d+( .*)?|\\d+ (d|w|m|y|days?|weeks?|months?|years?)( .*)?|\\d{3,}[wmy]( .*)?|(.* )?yesterday( .*)?",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern PAST = Pattern.compile("(.* )?(last|ago)( .*)?", Pattern.CASE_INSENSITIVE);

    private record TitleWord(String text, boolean literal) {
        boolean mayBeOfADate() {
            return !literal && DateWords.isWord(text);
        }
    }

    private final List<String> words;
    private final Now now;
    private final List<TitleWord> title = new ArrayList<>();
    private final Map<String, String> tagsByFoldedName = new LinkedHashMap<>();
    private Optional<Attention> attention = Optional.empty();
    private Optional<When> doDate = Optional.empty();
    private Optional<When> lateOn = Optional.empty();
    private Optional<String> project = Optional.empty();
    private Optional<Repeat> repeat = Optional.empty();
    private Optional<LocalTime> hour = Optional.empty();
    private int at;

    LineReader(List<String> words, Now now) {
        this.words = words;
        this.now = now;
    }

    Captured read() {
        while (at < words.size() && !words.get(at).equals(END)) {
            readWord(words.get(at));
        }
        words.stream().skip(at + 1L).forEach(word -> title.add(new TitleWord(word, true)));
        if (doDate.isEmpty()) {
            readDateAtTheEnd();
        }
        hour.ifPresent(this::addTheHour);
        if (title.isEmpty()) {
            throw new CaptureException(words.isEmpty()
                    ? "There is nothing to capture. Write a title, as in: Pay rent tomorrow #home"
                    : "%s has no title. Write one; if these words are the title, put -- before them"
                            .formatted(Quoted.of(String.join(" ", words))));
        }
        return new Captured(titleFrom(0), attention, doDate, lateOn, project, List.copyOf(tagsByFoldedName.values()), repeat);
    }

    private void readWord(String word) {
        if (Escape.isIn(word)) {
            readText(word.substring(1), true);
        } else if (hasKey(word, DO)) {
            doDate = once(doDate, readDate(DO), "do-dates");
        } else if (hasKey(word, LATE)) {
            lateOn = once(lateOn, readDate(LATE), "late-on dates");
        } else if (isQuoted(word, 1) && word.startsWith("@")) {
            project = once(project, readQuoted(1), "projects");
        } else if (!word.equalsIgnoreCase(EVERY) || !readRepeat()) {
            Mark.of(word).ifPresentOrElse(this::readMark, () -> readText(word, false));
        }
    }

    private void readText(String word, boolean literal) {
        title.add(new TitleWord(word, literal));
        at++;
    }

    private void readMark(Mark mark) {
        switch (mark) {
            case Mark.Tag(String name) -> tagsByFoldedName.putIfAbsent(NameFold.fold(name), name);
            case Mark.Project(String name) -> project = once(project, name, "projects");
            case Mark.Asks(Attention asked) -> attention = once(attention, asked, "attentions");
        }
        at++;
    }

    private boolean readRepeat() {
        int from = at;
        Optional<RepeatReader.Run> run = RepeatReader.longest(words.subList(at + 1, words.size()), now);
        run.ifPresent(found -> {
            repeat = once(repeat, found.repeat(), "repetitions");
            at += 1 + found.words();
            while (readItsFirstDate() || readItsHour() || readItsEnding()) {}
            if (RepeatReader.isLeftOver(words.subList(at, words.size()), now)) {
                throw new CaptureException("%s is not understood after %s. Make a task for each, or give a rule such as FREQ=MONTHLY;BYDAY=2TU,4TU; as text write \\%s"
                        .formatted(Quoted.of(String.join(" ", words.subList(at, Math.min(words.size(), at + 2)))), Quoted.of("every " + String.join(" ",
                                words.subList(from + 1, at))), words.get(at)));
            }
        });
        return run.isPresent();
    }

    /** {@code every 3 days from friday}: a do-date, which needs no key there. */
    private boolean readItsFirstDate() {
        if (at + 1 >= words.size() || !FROM.contains(words.get(at).toLowerCase(Locale.ROOT))) {
            return false;
        }
        Optional<DateWords.Run> run = DateWords.longest(words.subList(at + 1, Math.min(words.size(), at + 1 + DateWords.MOST_WORDS)), now, when -> true);
        run.ifPresent(found -> {
            doDate = once(doDate, found.when(), "do-dates");
            at += 1 + found.words();
        });
        return run.isPresent();
    }

    /** {@code every day at 9:00 after done}: the hour of its do-date. */
    private boolean readItsHour() {
        int from = at < words.size() && words.get(at).equalsIgnoreCase("at") ? at + 1 : at;
        for (int end = Math.min(words.size(), from + 2); end > from && hour.isEmpty(); end--) {
            Optional<LocalTime> time = DateWords.time(String.join("", words.subList(from, end))); // 9 am
            if (time.isPresent()) {
                hour = time;
                at = end;
                return true;
            }
        }
        return false;
    }

    private boolean readItsEnding() {
        Optional<RepeatReader.Run> run = RepeatReader.ending(repeat.orElseThrow(), words.subList(at, words.size()), now);
        run.ifPresent(found -> {
            repeat = Optional.of(found.repeat());
            at += found.words();
        });
        return run.isPresent();
    }

    private void addTheHour(LocalTime clock) {
        doDate = Optional.of(switch (doDate.orElseGet(When.None::new)) {
            case When.Day(LocalDate date) -> new When.Moment(date.atTime(clock));
            case When.None none -> lateOn.isPresent() && lateOn.get() instanceof When.Day(LocalDate late)
                    ? new When.Moment(Rule.parse(repeat.orElseThrow().rule()).beginning(now.today(), late.atStartOfDay()).toLocalDate().atTime(clock))
                    : DateWords.next(clock, now);
            case When.Moment moment -> throw new CaptureException("The line gives two hours. Keep one, or write \\ before the other if it is text");
        });
    }

    /** The longest run of words that is a date, the first of them joined to {@code key}. */
    private When readDate(String key) {
        try {
            if (isQuoted(words.get(at), key.length())) {
                return DateWords.parse(readQuoted(key.length()), now);
            }
            List<String> rest = new ArrayList<>(words.subList(at, Math.min(words.size(), at + DateWords.MOST_WORDS)));
            rest.set(0, rest.getFirst().substring(key.length()));
            DateWords.Run run = DateWords.longest(rest, now, when -> true)
                    .orElseThrow(() -> new DateWordsException(rest.getFirst()));
            at += run.words();
            return run.when();
        } catch (DateWordsException error) {
            throw new CaptureException("%s %s; as text write \\%s".formatted(key, error.getMessage(), key), error);
        }
    }

    private String readQuoted(int from) {
        String quote = words.get(at).substring(from, from + 1);
        String first = words.get(at).substring(from + 1);
        for (int end = at; end < words.size(); end++) {
            if ((end == at ? first : words.get(end)).endsWith(quote)) {
                String inside = String.join(" ", words.subList(at, end + 1)).substring(from + 1);
                at = end + 1;
                return named(inside.substring(0, inside.length() - 1).strip(), quote);
            }
        }
        throw new CaptureException("The quote in %s is not closed. Write %s at its end, or \\ before it".formatted(
                Quoted.of(words.get(at)), quote));
    }

    private static String named(String inside, String quote) {
        if (inside.isEmpty()) {
            throw new CaptureException("There is nothing between %s and %s. Write a name or a date, or leave the mark out"
                    .formatted(quote, quote));
        }
        return inside;
    }

    /** The longest run of plain words that is a date, if the line has no other and a word is left for the title. */
    private void readDateAtTheEnd() {
        int from = title.size();
        while (from > 1 && title.size() - from < DateWords.MOST_WORDS && mayBeOfADate(from - 1)) {
            from--;
        }
        for (int start = from; start < title.size() && doDate.isEmpty(); start++) {
            String words = titleFrom(start);
            if (PAST.matcher(words).matches() && DateWords.find(words, now).isPresent()) {
                return; // also what would be a date to come without its first words
            }
            doDate = NOT_BARE.matcher(words).matches() ? Optional.empty() : DateWords.find(words, now);
            if (doDate.isPresent()) {
                title.subList(start, title.size()).clear();
            }
        }
    }

    private boolean mayBeOfADate(int word) {
        boolean isArticle = title.get(word).text().equalsIgnoreCase("the") && word + 1 < title.size() && title.get(word + 1).text().equalsIgnoreCase("day");
        return isArticle || title.get(word).mayBeOfADate();
    }

    private String titleFrom(int start) {
        return title.stream().skip(start).map(TitleWord::text).collect(Collectors.joining(" "));
    }

    private static boolean hasKey(String word, String key) {
        return word.length() > key.length() && word.toLowerCase(Locale.ROOT).startsWith(key);
    }

    private static boolean isQuoted(String word, int at) {
        return word.length() > at && "\"'".indexOf(word.charAt(at)) >= 0;
    }

    private static <T> Optional<T> once(Optional<T> before, T value, String what) {
        if (before.isPresent()) {
            throw new CaptureException(
                    "The line gives two %s. Keep one, or write \\ before the other if it is text".formatted(what));
        }
        return Optional.of(value);
    }
}
