package org.qstatmesh.probe.slurm;

/** One record of {@code squeue -o}: the fields of a line, and the lines of a name that has more. */
final class JobRecord implements JobFields {
  private static final char BAR = '|';
  private static final JobField[] FIELDS = JobField.values();

  /** No record is read further; Slurm takes names of 1,024 characters. */
  private static final int LONGEST_NAME = 4_096;

  private final String line;
  private final Mark mark;
  private final int[] begins = new int[FIELDS.length];
  private final int[] ends = new int[FIELDS.length];
  private StringBuilder moreOfName;

  private JobRecord(String line, Mark mark) {
    this.line = line;
    this.mark = mark;
  }

  /** Whether the mark stands in a line: then it is a record, whatever else is in it. */
  static boolean isMarked(String line, Mark mark) {
    int at = line.indexOf(mark.text());
    return at > 0 && mark.ends(line, 0, at + mark.text().length());
  }

  /**
   * A marked line as a record. Bars before the mark that are too many are the account's, those
   * behind the last field are the name's.
   *
   * @throws IllegalArgumentException when it lacks fields or its ids and states are none
   */
  static JobRecord ofMarked(String line, Mark mark) {
    int bars = 0;
    int markAt = line.indexOf(mark.text());
    for (int i = 0; i < markAt; i++) {
      bars += line.charAt(i) == BAR ? 1 : 0;
    }
    JobRecord record = new JobRecord(line, mark);
    int barsOfAccount = bars - JobField.SUBMIT_TIME.column();
    if (barsOfAccount < 0 || !record.split(barsOfAccount) || !record.isPlausible()) {
      throw new IllegalArgumentException("fields are missing or misplaced");
    }
    return record;
  }

  /** Whether a marked line ends before its last field begins. */
  static boolean lacksFields(String line, Mark mark) {
    long bars = line.substring(line.indexOf(mark.text())).chars().filter(c -> c == BAR).count();
    return bars < JobField.NAME.column() - JobField.SUBMIT_TIME.column();
  }

  /** An unmarked line as a record; null when it is none by all that can be checked. */
  static JobRecord ofUnmarked(String line, Mark mark) {
    JobRecord record = new JobRecord(line, mark);
    boolean whole =
        beginsLikeRecord(line)
            && record.split(0)
            && record.isPlausible()
            && Values.epochSeconds(record.text(JobField.SUBMIT_TIME)) != null;
    return whole ? record : null;
  }

  /** Whether a line begins with a number and a bar, as records do. */
  static boolean beginsLikeRecord(String line) {
    int digits = 0;
    while (digits < line.length() && isDigit(line.charAt(digits))) {
      digits++;
    }
    return digits > 0 && digits < line.length() && line.charAt(digits) == BAR;
  }

  /** Another line of the name. */
  void addToName(String more) {
    if (moreOfName == null) {
      moreOfName = new StringBuilder();
    }
    int room = LONGEST_NAME - moreOfName.length();
    if (room > 0) {
      moreOfName.append('\n').append(more, 0, Math.min(room - 1, more.length()));
    }
  }

  /** A field without the mark; the name with all its lines. */
  @Override
  public String text(JobField field) {
    String text = line.substring(begins[field.column()], ends[field.column()]);
    if (field == JobField.NAME && moreOfName != null) {
      return text + moreOfName;
    }
    return mark.strip(text);
  }

  @Override
  public boolean isWaitingArray() {
    return text(JobField.SHOWN_ID).contains("_[");
  }

  private boolean split(int barsOfAccount) {
    int begin = 0;
    for (int field = 0; field < FIELDS.length - 1; field++) {
      int end = line.indexOf(BAR, begin);
      for (int i = 0; i < barsOfAccount && field == JobField.ACCOUNT.column() && end >= 0; i++) {
        end = line.indexOf(BAR, end + 1);
      }
      if (end < 0) {
        return false;
      }
      begins[field] = begin;
      ends[field] = end;
      begin = end + 1;
    }
    begins[FIELDS.length - 1] = begin;
    ends[FIELDS.length - 1] = line.length();
    return true;
  }

  private boolean isPlausible() {
    return isNumber(JobField.JOB_ID)
        && isNumber(JobField.ARRAY_JOB_ID)
        && beginsWithDigit(JobField.SHOWN_ID)
        && isWord(JobField.STATE)
        && isWord(JobField.STATE_COMPACT)
        && JobWord.agree(text(JobField.STATE), text(JobField.STATE_COMPACT));
  }

  private boolean isNumber(JobField field) {
    return all(field, '0', '9');
  }

  private boolean beginsWithDigit(JobField field) {
    int begin = begins[field.column()];
    return begin < ends[field.column()] && isDigit(line.charAt(begin));
  }

  private boolean isWord(JobField field) {
    return all(field, 'A', '_');
  }

  private boolean all(JobField field, char first, char last) {
    int end = ends[field.column()];
    int i = begins[field.column()];
    boolean any = i < end;
    while (i < end && line.charAt(i) >= first && line.charAt(i) <= last) {
      i++;
    }
    return any && i == end;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
