package org.qstatmesh.probe.drms;

import java.util.function.BiFunction;

/**
 * What a second command knows of the records of a first, run right after it. Its failure is
 * reported under its own collector's name and leaves those records as they are.
 *
 * @param listing the second command; its collector is not {@code nodes}
 * @param join the first command's records with what the second one adds; pure
 * @param <R> the first command's records
 * @param <S> what the second one lists
 */
public record Supplement<R, S>(Listing<S> listing, BiFunction<R, S, R> join) {}
