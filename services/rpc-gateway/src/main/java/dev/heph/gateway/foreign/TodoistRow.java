package dev.heph.gateway.foreign;

import dev.heph.gateway.rpc.JsonText;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A row of a Todoist file.
 *
 * @param line in which it begins
 * @param cells by their column, without those that are blank
 * @param tooLong whether it has more cells than there are columns
 */
record TodoistRow(long line, Map<String, String> cells, boolean tooLong) {
    /** How the next row begins; inside a cell it means that this row's quotes were never closed. */
    private static final Pattern NEXT_ROW = Pattern.compile("\\R(task|note|section),");

    String where() {
        return "line " + line;
    }

    boolean isBlank() {
        return cells.isEmpty();
    }

    /** @throws Unfit if the row is damaged, whatever it is */
    void check() throws Unfit {
        for (String cell : cells.values()) {
            if (NEXT_ROW.matcher(cell).find()) {
                throw new Unfit("has quotes that are not closed: the " + (cell.lines().count() - 1)
                        + " lines below it cannot be told from its text");
            }
            if (cell.indexOf('\uFFFD') >= 0) {
                throw new Unfit("is not UTF-8: save the file as UTF-8");
            }
        }
        if (tooLong) {
            throw new Unfit("has more cells than the first line names: a text with a comma needs quotes");
        }
    }

    String type() {
        return cells.getOrDefault("TYPE", "").toLowerCase(Locale.ROOT);
    }

    Optional<String> cell(String column) {
        return Optional.ofNullable(cells.get(column));
    }

    /** What the row says, for a section its name. */
    String content() throws Unfit {
        return cell("CONTENT").orElseThrow(() -> new Unfit("is a " + type() + " that says nothing"));
    }

    /** A small number; {@code otherwise} if there is none. */
    int number(String column, int otherwise) throws Unfit {
        String text = cells.getOrDefault(column, "" + otherwise);
        if (!text.matches("\\d{1,4}")) {
            throw new Unfit("has " + JsonText.quote(text) + " as " + column + ", which is no number");
        }
        return Integer.parseInt(text);
    }
}
