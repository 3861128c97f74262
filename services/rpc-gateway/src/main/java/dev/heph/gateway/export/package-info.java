/** Export: everything as a tree of markdown files, never a byte outside the directory that was asked for. */
package dev.heph.gateway.export;
