/** Looks a database over: the file, the log, and a rebuild beside it, compared by digest. */
package dev.heph.store.doctor;
