/**
 * The figures of docs/benchmarks.md: heph as it is shipped, measured from outside through its socket and its command line, each
 * figure beside the floor that the disk and raw SQLite give in the same run.
 */
package dev.heph.bench;
