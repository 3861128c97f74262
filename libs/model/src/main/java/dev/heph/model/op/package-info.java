/**
 * The log and its bytes, the contract between all devices and versions. An {@link dev.heph.model.op.Op} is one change; ops
 * travel in a {@link dev.heph.model.op.Bundle}, bundles in a signed {@link dev.heph.model.op.Segment};
 * {@link dev.heph.model.op.Author} writes them. See docs/design/wire-format.md; golden files freeze it.
 */
package dev.heph.model.op;
