package org.qstatmesh.bus;

/**
 * A body that crosses the mesh bus: an immutable record whose component names are its JSON names.
 * Sealed, so that {@link MeshCodec} knows every type that may arrive from another JVM.
 */
public sealed interface MeshMessage
    permits NodeMessage,
        TunnelState,
        PollerAlive,
        SnapshotTaken,
        PollFailed,
        SnapshotStored,
        LatestQuery,
        LatestAnswer,
        HistoryQuery,
        HistoryAnswer,
        JobsQuery,
        JobsAnswer,
        JobQuery,
        JobAnswer,
        NodesQuery,
        NodesAnswer,
        FitQuery,
        FitAnswer,
        AtQuery,
        AtAnswer,
        WaitsQuery,
        WaitsAnswer,
        EventsQuery,
        EventsAnswer,
        StoreState,
        NodeFigures,
        ConfState,
        ForgetQuery,
        ForgetAnswer,
        RollCall,
        NodePresent,
        StageRestart,
        StageRestarted {}
