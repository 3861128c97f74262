/**
 * Many replicas that do everything people do, on a network that loses things and clocks that are wrong, all in one thread and all from one
 * seed: whatever happens, they end up with the same, and nothing is lost.
 */
package dev.heph.simulator;
