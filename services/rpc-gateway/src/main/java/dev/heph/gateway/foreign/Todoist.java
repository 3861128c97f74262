package dev.heph.gateway.foreign;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.heph.model.date.Now;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** A project as Todoist exports it and keeps it in its backups: a CSV file of sections, tasks and notes. */
final class Todoist implements Source {
    private final String project;
    private final Now now;

    /**
     * @param fileName names the project; backups add its number: {@code Work [2203306141].csv}
     * @param now the time at which words such as tomorrow are read
     */
    Todoist(String fileName, Now now) {
        String stem = fileName.replaceFirst("(?i)\\.csv$", "").replaceFirst(" \\[\\d+]$", "");
        this.project = ProjectPath.of(stem);
        this.now = now;
    }

    @Override
    public String name() {
        return "todoist";
    }

    @Override
    public void read(InputStream in, Findings findings) throws IOException {
        // What is no UTF-8 becomes U+FFFD, and costs its row and not the file.
        InputStreamReader text = new InputStreamReader(in, StandardCharsets.UTF_8);
        try (CsvReader<CsvRecord> csv = CsvReader.builder()
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .ofCsvRecord(text)) {
            Iterator<CsvRecord> records = csv.iterator();
            if (records.hasNext()) {
                rows(new TodoistColumns(records.next().getFields()), records, findings);
            }
        } catch (CsvParseException e) {
            findings.seen();
            findings.skipped("the rest", "is no CSV: " + e.getMessage());
        }
    }

    private void rows(TodoistColumns columns, Iterator<CsvRecord> records, Findings findings) {
        TodoistProject tasks = new TodoistProject(project, now, findings);
        while (records.hasNext()) {
            CsvRecord record = records.next();
            TodoistRow row = columns.row(record);
            if (row.isBlank()) {
                continue;
            }
            findings.seen();
            try {
                row.check();
                tasks.take(row);
            } catch (Unfit unfit) {
                tasks.flush(); // the notes of this row are not those of the task before
                findings.skipped(row.where(), unfit.getMessage());
            }
        }
        tasks.end();
    }
}
