package org.qstatmesh.probe.collect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.qstatmesh.wire.Backfill;
import org.qstatmesh.wire.PastSummary;
import org.qstatmesh.wire.ProbeRequest;
import org.qstatmesh.wire.WireCodec;
import org.qstatmesh.wire.WireException;
import org.qstatmesh.wire.WireLimits;

/**
 * The summaries of the last hours, compressed, oldest first. What is older than the options say
 * goes; so does the oldest while all together take more memory than they may, and that is counted.
 * Any thread; the time is given, by {@link System#nanoTime()}.
 */
final class SummaryRing {
  private static final Logger LOG = System.getLogger(SummaryRing.class.getName());

  /** Summaries in a reply, when the asker does not say, and the most. */
  private static final int USUAL_PAGE = 60;

  private static final int LARGEST_PAGE = 240;

  /** JSON of a reply from which on no summary is added; no asker's limit is as low. */
  private static final int PAGE_BYTES = 1 << 20;

  /** What an entry takes besides its text. */
  private static final int OVERHEAD_BYTES = 160;

  /** Asked every thirty seconds, the second collection often begins a moment before the minute. */
  private static final double EARLIEST = 0.9;

  private final BackfillOptions options;
  private final Deque<Entry> entries = new ArrayDeque<>();
  private long heldBytes;
  private long dropped;

  /** One summary; {@code text} is its JSON, compressed. */
  private static final class Entry {
    private final String snapshotId;
    private final long beganNanos;
    private final byte[] text;

    Entry(String snapshotId, long beganNanos, byte[] text) {
      this.snapshotId = snapshotId;
      this.beganNanos = beganNanos;
      this.text = text;
    }

    long heldBytes() {
      return (long) text.length + OVERHEAD_BYTES;
    }
  }

  SummaryRing(BackfillOptions options) {
    this.options = options;
  }

  /** Whether a collection that begins now is one to be kept. */
  synchronized boolean isDue(long nowNanos) {
    return options.keepsAny()
        && (entries.isEmpty()
            || nowNanos - entries.peekLast().beganNanos
                >= (long) (options.step().toNanos() * EARLIEST));
  }

  /** Keeps what was counted in the collection that began then. */
  void add(PastSummary summary, long beganNanos) {
    Entry entry =
        new Entry(summary.snapshotId(), beganNanos, deflate(WireCodec.encodeSummary(summary)));
    synchronized (this) {
      entries.addLast(entry);
      heldBytes += entry.heldBytes();
      forgetOlderThan(beganNanos - options.keep().toNanos());
      while (heldBytes > options.maxBytes() && !entries.isEmpty()) {
        forgetOldest();
        if (dropped++ == 0) {
          LOG.log(
              Level.INFO,
              "summaries take more than {0} bytes: fewer than {1} hours are kept for back-fill",
              Long.toString(options.maxBytes()),
              options.keep().toHours());
        }
      }
    }
  }

  private void forgetOlderThan(long nanos) {
    while (!entries.isEmpty() && entries.peekFirst().beganNanos - nanos < 0) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    heldBytes -= entries.removeFirst().heldBytes();
  }

  /** The page that is asked for. */
  Backfill after(ProbeRequest request, long nowNanos) {
    List<Entry> wanted = wanted(request, nowNanos);
    int most = request.limit() == null ? USUAL_PAGE : request.limit();
    most = Math.max(1, Math.min(most, LARGEST_PAGE));
    List<PastSummary> page = new ArrayList<>();
    int looked = 0;
    long bytes = 0;
    while (looked < wanted.size() && page.size() < most && bytes < PAGE_BYTES) {
      Entry entry = wanted.get(looked++);
      byte[] json = inflate(entry.text);
      bytes += json.length;
      try {
        page.add(
            WireCodec.decodeSummary(json, WireLimits.REPLY)
                .withAgeMillis((nowNanos - entry.beganNanos) / 1_000_000));
      } catch (WireException tooLarge) {
        // nobody who keeps to the protocol's limits could read it either
        LOG.log(Level.DEBUG, "left out", tooLarge);
      }
    }
    return new Backfill(page, looked < wanted.size(), dropped());
  }

  /**
   * Those after the one the asker has. Not every collection is kept, and after a restart none is
   * known: then its age says from when.
   */
  private synchronized List<Entry> wanted(ProbeRequest request, long nowNanos) {
    forgetOlderThan(nowNanos - options.keep().toNanos());
    List<Entry> all = List.copyOf(entries);
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).snapshotId.equals(request.after())) {
        return all.subList(i + 1, all.size());
      }
    }
    Long ageMillis = request.afterAgeMillis();
    long keptMillis = options.keep().toMillis();
    if (ageMillis == null || ageMillis > keptMillis) {
      return all;
    }
    long sinceNanos = nowNanos - ageMillis * 1_000_000;
    return all.stream().filter(entry -> entry.beganNanos - sinceNanos > 0).toList();
  }

  synchronized long dropped() {
    return dropped;
  }

  synchronized int size() {
    return entries.size();
  }

  synchronized long heldBytes() {
    return heldBytes;
  }

  private static byte[] deflate(byte[] json) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (DeflaterOutputStream out = new DeflaterOutputStream(text)) {
      out.write(json);
    } catch (IOException e) {
      throw memoryFailed(e);
    }
    return text.toByteArray();
  }

  private static byte[] inflate(byte[] text) {
    try (InflaterInputStream in = new InflaterInputStream(new ByteArrayInputStream(text))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw memoryFailed(e);
    }
  }

  private static UncheckedIOException memoryFailed(IOException e) {
    return new UncheckedIOException("memory does not fail to be read or written", e);
  }
}
