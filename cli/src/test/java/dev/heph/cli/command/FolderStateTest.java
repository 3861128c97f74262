package dev.heph.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderStateTest {
    @TempDir
    Path folder;

    @Test
    void isAnother_whenANoteIsNew_longer_written_orGone() throws IOException {
        Path note = Files.writeString(Files.createDirectory(folder.resolve("deep")).resolve("a.md"), "a");
        FolderState before = FolderState.of(folder);
        assertThat(FolderState.of(folder)).isEqualTo(before);
        Files.writeString(folder.resolve("b.MD"), "b");
        FolderState more = FolderState.of(folder);
        assertThat(more).isNotEqualTo(before);
        Files.writeString(note, "longer");
        FolderState longer = FolderState.of(folder);
        assertThat(longer).isNotEqualTo(more);
        Files.setLastModifiedTime(note, FileTime.fromMillis(0));
        assertThat(FolderState.of(folder)).isNotEqualTo(longer);
        Files.delete(note);
        assertThat(FolderState.of(folder).files()).hasSize(1);
    }

    @Test
    void isTheSame_whateverHappensToOtherFiles() throws IOException {
        FolderState before = FolderState.of(folder);
        Files.writeString(folder.resolve("a.png"), "a");
        Files.writeString(Files.createDirectory(folder.resolve(".obsidian")).resolve("a.md"), "a");
        Files.createSymbolicLink(folder.resolve("up"), folder);
        assertThat(FolderState.of(folder)).isEqualTo(before);
    }

    @Test
    void ofAFile_isThatFile() throws IOException {
        Path file = Files.writeString(folder.resolve("tasks.json"), "[]");
        FolderState before = FolderState.of(file);
        Files.writeString(file, "[{}]");
        assertThat(FolderState.of(file)).isNotEqualTo(before);
        assertThatThrownBy(() -> FolderState.of(folder.resolve("gone"))).isInstanceOf(NoSuchFileException.class);
    }
}
