/** An OCI image for each service: its jars on a Java runtime with nothing else in it, on the C library of the machine that builds. */
package dev.heph.deploy.image;
