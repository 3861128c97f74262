/**
 * Tests of what is shipped, {@code dist/target/heph}: its commands and its socket, on throw-away homes, with the processes that a
 * device runs. They use no class of heph. {@code *Contract} holds on both shapes, see {@link dev.heph.e2e.Contract}.
 */
package dev.heph.e2e;
