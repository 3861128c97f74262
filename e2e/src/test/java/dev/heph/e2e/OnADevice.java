package dev.heph.e2e;

import java.nio.file.Path;

/** Tests that need a device that runs. */
interface OnADevice {
    Device device();

    /** For files of the tests' own. */
    Path directory();

    /** A new note. @return its id */
    default String note(String title, String body) {
        return device().hephWith(body, "note", "--new", title, "--json")
                .ok()
                .json()
                .path("id")
                .asText();
    }
}
