package dev.heph.gateway.foreign;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the cells of a row mean: the first line of the file says so, and it grew with the years. */
final class TodoistColumns {
    private final List<String> names;

    TodoistColumns(List<String> header) {
        this.names = header.stream().map(name -> name.replace("\uFEFF", "").strip().toUpperCase(Locale.ROOT)).toList();
        if (!names.containsAll(List.of("TYPE", "CONTENT"))) {
            throw new NoExportException("is no export of Todoist: its first line must name the columns TYPE and CONTENT;"
                    + " in Todoist, take a project's menu, Export as CSV");
        }
    }

    TodoistRow row(CsvRecord record) {
        Map<String, String> cells = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(names.size(), record.getFieldCount()); i++) {
            String cell = record.getField(i).strip();
            if (!cell.isEmpty()) {
                cells.put(names.get(i), cell);
            }
        }
        return new TodoistRow(record.getStartingLineNumber(), cells, record.getFieldCount() > names.size());
    }
}
