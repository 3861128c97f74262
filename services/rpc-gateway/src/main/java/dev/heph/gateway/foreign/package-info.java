/** Import from other programs: a file of tasks, read as a stream and handed to the store in batches (docs/design/foreign-tasks.md). */
package dev.heph.gateway.foreign;
