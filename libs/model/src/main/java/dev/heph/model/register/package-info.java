/**
 * One scalar field and the writes that compete for it: a {@link dev.heph.model.register.Register} holds the writes that no
 * other has seen. See "registers" in docs/design/merge.md.
 */
package dev.heph.model.register;
