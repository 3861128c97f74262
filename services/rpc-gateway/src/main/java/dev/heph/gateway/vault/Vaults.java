package dev.heph.gateway.vault;

import dev.heph.error.HephException;
import dev.heph.error.Reason;
import dev.heph.settings.Home;
import dev.heph.settings.IoReason;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Properties;

/**
 * Which folder each vault was imported from, in {@code data/vaults.properties}: the vault's name = the folder's real
 * path. Notes are known by vault and path in it, so that two folders under one name would overwrite each other's.
 */
public final class Vaults {
    private final Path file;

    public Vaults(Home home) {
        this.file = home.data().resolve("vaults.properties");
    }

    /**
     * Notes that the vault is that folder. It is done before the first note is taken in, so that it holds also for an
     * import that is interrupted, and for two at a time.
     *
     * @param root with its symbolic links resolved
     * @throws HephException {@link Reason#CONFLICT} if the vault is another folder, which is still there; one that is
     *     not was moved here
     */
    synchronized void claim(String vault, Path root) {
        Properties known = read();
        String folder = known.getProperty(vault);
        if (root.toString().equals(folder)) {
            return;
        }
        if (folder != null && another(folder, root)) {
            throw new HephException(
                    Reason.CONFLICT,
                    "the vault '" + vault + "' is " + folder + "; import this folder under another name: heph import "
                            + root + " --vault NAME");
        }
        known.setProperty(vault, root.toString());
        write(known);
    }

    /** Whether a folder of this device is that vault. */
    synchronized boolean knows(String vault) {
        return read().getProperty(vault) != null;
    }

    /** Whether the vault is known to be that folder. */
    synchronized boolean is(String vault, Path root) {
        return root.toString().equals(read().getProperty(vault));
    }

    private static boolean another(String folder, Path root) {
        try {
            return !Files.isSameFile(Path.of(folder), root);
        } catch (NoSuchFileException gone) {
            return false;
        } catch (IOException | InvalidPathException unknown) {
            return true; // it may be there, out of reach at the moment
        }
    }

    private Properties read() {
        Properties known = new Properties();
        try {
            known.load(new StringReader(Files.readString(file)));
        } catch (NoSuchFileException none) {
            // the first import
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot read " + file + ": " + IoReason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new HephException(Reason.STORAGE, file + " is damaged: mend it, or remove it and import again", e);
        }
        return known;
    }

    private void write(Properties known) {
        Path draft = file.resolveSibling("vaults.properties.tmp");
        try {
            StringWriter text = new StringWriter();
            known.store(text, "Which folder each vault was imported from");
            try (FileChannel channel = FileChannel.open(
                    draft, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text.toString());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new HephException(Reason.STORAGE, "cannot write " + file + ": " + IoReason.of(e), e);
        }
    }
}
