/**
 * The hub as a cluster would run it, on one machine: what is rendered of the manifests is started from the images, in namespaces of Linux,
 * with what the network policies say as rules of its firewall.
 */
package dev.heph.deploy.cluster;
