package org.qstatmesh.store.export;

/** Reads the lists of a row of the table {@code sample}, whose layout is the store's own. */
public interface SampleBlobReader {
  /** Takes what a list holds under a name. */
  interface Counts {
    /**
     * Takes the counts of one name.
     *
     * @param word number of the name; 0 for none
     * @param counts in the order of the part's measures; valid during the call
     */
    void accept(int word, int[] counts);
  }

  /** Lists of uses: users, groups, accounts, queues. */
  void use(byte[] blob, Counts counts);

  /** Reasons to wait. */
  void waiting(byte[] blob, Counts counts);
}
