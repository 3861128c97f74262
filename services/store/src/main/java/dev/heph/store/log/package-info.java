/** The append-only log: bundles as they came, an index of their ops, and the ends of the devices' chains. */
package dev.heph.store.log;
