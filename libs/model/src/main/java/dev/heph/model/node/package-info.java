/** What a person keeps: kinds of node, and the values that a task's fields may take. */
package dev.heph.model.node;
