package org.qstatmesh.bus;

/** A body that never leaves its JVM: it names local files, or only its own node can act on it. */
public sealed interface NodeMessage extends MeshMessage
    permits ClustersConfigured,
        PeopleConfigured,
        StageDied,
        StageNote,
        TunnelWanted,
        FiguresQuery,
        FiguresAnswer {}
