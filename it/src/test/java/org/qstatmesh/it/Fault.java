package org.qstatmesh.it;

import java.nio.file.Files;
import java.nio.file.Path;

/** What goes wrong between a mesh and a scheduler, and what the row must call it. */
enum Fault {
  PROBE_KILLED("PROBE_UNREACHABLE") {
    @Override
    void strike(FaultRig rig) {
      rig.probe.process().kill();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.probe.start();
    }
  },

  PROBE_FROZEN("PROBE_TIMEOUT") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.probe.process().freeze();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.probe.process().thaw();
    }
  },

  SSHD_STOPPED("SSH_UNREACHABLE") {
    @Override
    void strike(FaultRig rig) {
      rig.sshd.stop();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.sshd.start();
    }
  },

  /** The TCP connection stays: only a keep-alive can tell. */
  SSHD_FROZEN("SSH_UNREACHABLE") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.sshd.freeze();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.sshd.thaw();
    }
  },

  HOST_KEY_SWAPPED("HOST_KEY_MISMATCH") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.sshd.swapHostKey();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.sshd.keepHostKey();
    }
  },

  KEY_REFUSED("SSH_AUTH_REFUSED") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.sshd.authorize(Files.readString(publicPart(rig.sshd.strangerKey())));
      rig.sshd.dropConnections();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.sshd.authorize(Files.readString(publicPart(rig.sshd.userKey())));
    }
  },

  FORWARD_FORBIDDEN("PROBE_UNREACHABLE") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.sshd.authorize(
          "permitopen=\"127.0.0.1:1\" " + Files.readString(publicPart(rig.sshd.userKey())));
      rig.sshd.dropConnections();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.sshd.authorize(Files.readString(publicPart(rig.sshd.userKey())));
      rig.sshd.dropConnections();
    }
  },

  SCHEDULER_MISSING("DRMS_COMMAND_MISSING") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.scheduler.uninstall();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.scheduler.install();
    }
  },

  /** A probe without a picture says so at once; one with a picture after its commands' deadline. */
  SCHEDULER_HANGS("DRMS_TIMEOUT") {
    @Override
    void strike(FaultRig rig) throws Exception {
      rig.scheduler.hang();
      rig.probe.process().kill();
      rig.probe.start();
    }

    @Override
    void heal(FaultRig rig) throws Exception {
      rig.scheduler.answer();
    }
  };

  private final String code;

  Fault(String code) {
    this.code = code;
  }

  /** The failure code of the row. */
  String code() {
    return code;
  }

  abstract void strike(FaultRig rig) throws Exception;

  abstract void heal(FaultRig rig) throws Exception;

  private static Path publicPart(Path key) {
    return key.resolveSibling(key.getFileName() + ".pub");
  }
}
