package dev.heph.settings;

/** How a service writes its log. */
public enum LogFormat {
    /** For people: one line a record. */
    LINE,
    /** For programs: one JSON object a line. */
    JSON
}
