package dev.heph.cli.command;

import dev.heph.cli.rpc.Json;
import dev.heph.cli.rpc.Result;
import dev.heph.launcher.Restored;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Everything in one file, and back. */
final class Backup implements Command {
    private static final String RESTORE = "restore";

    /** The exit code when some people of a hub could not be copied. */
    private static final int PARTLY = 2;

    @Override
    public Syntax syntax() {
        return Syntax.asking("backup", "copy everything into one file, while heph works; 'restore' puts one back")
                .optionalWord("PATH|restore", "a file that is not there yet, or a directory; without it data/backups. It holds every note and the key"
                        + " by which this device signs: keep it where only you read it")
                .optionalWord("FILE", "restore: the backup; heph is stopped, and what was here is kept beside it")
                .number("--keep", "only so many backups stay in that DIR: older ones that heph made there are removed, whichever device's they are")
                .example("heph backup /media/stick")
                .example("heph backup restore /media/stick/heph-2026-11-21-090500.db");
    }

    @Override
    public int run(Arguments given, Session session) {
        if (given.optionalWord(0).filter(RESTORE::equals).isPresent()) {
            restore(given, session);
            return 0;
        }
        return make(given, session);
    }

    private static int make(Arguments given, Session session) {
        if (given.optionalWord(1).isPresent()) {
            throw new UsageException("backup does not take '" + given.word(1) + "' as well. Try: heph help backup");
        }
        String path = given.optionalWord(0).map(word -> session.path(word).toString()).orElse(null);
        OptionalInt keep = given.number("--keep");
        Result result = session.callLong("backup", "path", path, "keep", keep.isPresent() ? keep.getAsInt() : null);
        Json made = result.json();
        if (!session.printed(result)) {
            tell(made, session);
            if (path == null) {
                session.shell().say("It lies on the same disk as the data. On another one: heph backup DIR");
            }
        }
        List<Json> missing = made.at("missing").list();
        missing.forEach(each -> session.shell().say("not backed up: " + each.at("space").text() + ": " + each.at("reason").text()));
        return missing.isEmpty() ? 0 : PARTLY;
    }

    private static void tell(Json made, Session session) {
        session.out().line("Backed up " + contents(made.at("notes").number(), made.at("ops").number(), made.at("devices").number()) + ", "
                + size(made.at("bytes").number()) + ", to " + made.at("path").text());
        if (made.at("removed").number() > 0) {
            session.out().line("Removed " + counted(made.at("removed").number(), "older backup"));
        }
    }

    private static void restore(Arguments given, Session session) {
        if (given.optionalWord(1).isEmpty()) {
            throw new UsageException("backup restore needs a FILE, one that heph backup has written. Try: heph help backup");
        }
        if (given.number("--keep").isPresent()) {
            throw new UsageException("--keep is for making backups, not for restoring one. Try: heph help backup");
        }
        Path file = session.path(given.word(1));
        Restored restored = session.daemon().restore(file);
        if (session.json()) {
            session.out().data(json(file, restored).toString());
            return;
        }
        String when = restored.at().map(at -> " as of " + Times.minute(at, session.zone())).orElse("");
        session.out().line("Restored " + contents(restored.notes(), restored.ops(), restored.devices()) + when
                + (restored.stopped() ? ". heph was stopped; the next command starts it" : ""));
        restored.aside().ifPresent(aside ->
                session.out().line("What was here is in " + aside + ". To go back: heph backup restore " + aside.resolve("heph.db")));
    }

    private static Json json(Path file, Restored restored) {
        return new Json(Json.object(
                "restored", file.toString(),
                "at", restored.at().map(at -> at.toEpochMilli()).orElse(null),
                "notes", restored.notes(),
                "ops", restored.ops(),
                "devices", restored.devices(),
                "bytes", restored.bytes(),
                "aside", restored.aside().map(Path::toString).orElse(null),
                "stopped", restored.stopped()));
    }

    private static String contents(long notes, long ops, long devices) {
        return "%s (%s of %s)".formatted(counted(notes, "note"), counted(ops, "op"), counted(devices, "device"));
    }

    private static String counted(long count, String what) {
        return String.format(Locale.ROOT, "%,d ", count) + what + (count == 1 ? "" : "s");
    }

    /** {@code 12.3 MB}. */
    static String size(long bytes) {
        if (bytes < 1_000_000) {
            return Math.ceilDiv(bytes, 1_000) + " kB";
        }
        return bytes < 1_000_000_000L
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1_000_000.0)
                : String.format(Locale.ROOT, "%,.1f GB", bytes / 1_000_000_000.0);
    }
}
