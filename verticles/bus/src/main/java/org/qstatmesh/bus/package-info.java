/**
 * All that the stages of the mesh share: addresses, message records, the codec, failures.
 *
 * <p>Purpose: a stage says what it needs and gives in the types of this package and in nothing
 * else; no stage imports another. {@link org.qstatmesh.bus.Topic} and {@link
 * org.qstatmesh.bus.Query} bind an address to its types, {@link org.qstatmesh.bus.Addresses} lists
 * every one of them: no other file of the mesh holds an address. {@link org.qstatmesh.bus.BusWatch}
 * sees all messages of a node, for who measures or reads them.
 *
 * <p>Addresses: those of {@link org.qstatmesh.bus.Addresses}. Threads: none of its own; handlers
 * run on the context that subscribed.
 *
 * <p>Messages are immutable records. Inside a JVM the same instance is handed to every receiver;
 * between JVMs {@link org.qstatmesh.bus.MeshCodec} writes JSON. The bus may drop a message, so
 * states are repeated and what must not be lost is acknowledged.
 */
package org.qstatmesh.bus;
