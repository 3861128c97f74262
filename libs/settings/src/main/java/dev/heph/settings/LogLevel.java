package dev.heph.settings;

/** How much the services write to their logs; each level includes the ones after it. */
public enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR
}
