package org.qstatmesh.store.word;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Texts that were looked up, by what names them; of more than a bound those that were asked for
 * longest ago go. One thread at a time.
 */
public final class RecentTexts<K> {
  private final Map<K, String> texts;

  /** Holds nothing yet, and never more than {@code bound} texts. */
  public RecentTexts(int bound) {
    texts =
        new LinkedHashMap<>(1_024, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<K, String> eldest) {
            return size() > bound;
          }
        };
  }

  /** Null when it is not known; what is known to have no text may be told by {@link #knows}. */
  public String get(K key) {
    return texts.get(key);
  }

  /** Whether it was looked up. */
  public boolean knows(K key) {
    return texts.containsKey(key);
  }

  /** Null for what has no text. */
  public void put(K key, String text) {
    texts.put(key, text);
  }

  /** Knows nothing any more. */
  public void clear() {
    texts.clear();
  }
}
