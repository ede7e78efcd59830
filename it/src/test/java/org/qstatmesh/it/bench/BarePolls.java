package org.qstatmesh.it.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * The least that JeroMQ can do: asks each probe once a second, all in one thread, reads nothing.
 */
final class BarePolls {
  private BarePolls() {}

  /** Addresses of probes; says "asking" when it begins, and never ends. */
  public static void main(String[] endpoints) {
    try (ZContext context = new ZContext()) {
      ZMQ.Poller poller = context.createPoller(endpoints.length);
      List<ZMQ.Socket> sockets = new ArrayList<>();
      for (String endpoint : endpoints) {
        ZMQ.Socket socket = context.createSocket(SocketType.DEALER);
        socket.connect(endpoint);
        poller.register(socket, ZMQ.Poller.POLLIN);
        sockets.add(socket);
      }
      System.out.println("asking");
      ask(poller, sockets);
    }
  }

  private static void ask(ZMQ.Poller poller, List<ZMQ.Socket> sockets) {
    long step = TimeUnit.SECONDS.toNanos(1) / sockets.size();
    long due = System.nanoTime();
    for (long n = 0; !Thread.interrupted(); n++) {
      ZMQ.Socket next = sockets.get((int) (n % sockets.size()));
      next.sendMore(new byte[0]);
      next.send("{\"protocol\":\"qstat-mesh/1\",\"id\":\"" + n + "\",\"operation\":\"snapshot\"}");
      due += step;
      do {
        poller.poll(Math.max(0, TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime())));
        for (int i = 0; i < sockets.size(); i++) {
          if (poller.pollin(i)) {
            sockets.get(i).recv();
            sockets.get(i).recv();
          }
        }
      } while (due - System.nanoTime() > TimeUnit.MILLISECONDS.toNanos(1));
      LockSupport.parkNanos(due - System.nanoTime());
    }
  }
}
