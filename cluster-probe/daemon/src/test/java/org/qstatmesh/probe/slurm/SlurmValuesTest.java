package org.qstatmesh.probe.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlurmValuesTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "128, 128",
    "1000, 1000",
    "1K, 1024",
    "2K, 2048",
    "2.50K, 2560",
    "1.5K, 1536",
    "1M," + " 1048576"
  })
  void countsAreShortenedWhereThatLosesNothing(String text, int count) {
    assertEquals(count, Values.count(text, "cores"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "K", "-1", "1.2.3K", "1.234K", "x", "99999999999", "9999T", "1.K5"})
  void otherTextIsNoCount(String text) {
    assertThrows(IllegalArgumentException.class, () -> Values.count(text, "cores"));
  }

  @ParameterizedTest
  @CsvSource({
    "0:00, 0",
    "29:00, 1740",
    "1:00:00, 3600",
    "2-00:00:00, 172800",
    "1-23:57:38, 172658",
    "365-00:00:00, 31536000"
  })
  void durations(String text, long seconds) {
    assertEquals(seconds, Values.seconds(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"UNLIMITED", "INVALID", "NOT_SET", "Partition_Limit", "N/A", "", "-1:00"})
  void noDuration(String text) {
    assertNull(Values.seconds(text));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-22T06:34:05, 1795329245", "1795329245, 1795329245"})
  void times(String text, long seconds) {
    assertEquals(seconds, Values.epochSeconds(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"N/A", "Unknown", "None", "", "2026-13-22T06:34:05", "T"})
  void noTime(String text) {
    assertNull(Values.epochSeconds(text));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1-100;100",
        "4-9%4;6",
        "1,3,5;3",
        "1,3,5,7,9;5",
        "7;1",
        "1-995:7%3;143",
        "1-9:2;5",
        "0-9,20,30-39:3%2;15"
      })
  void waitingTasks(String list, int count) {
    assertEquals(count, TaskList.count(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1,3-4,9,20,33...",
        "1,3,...",
        "5-1",
        "1-9:0",
        "1-",
        ",",
        "a",
        "0-99999999999",
        "N/A"
      })
  void noTaskList(String list) {
    assertThrows(IllegalArgumentException.class, () -> TaskList.count(list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "n1;n1",
        "n[003-004];n003 n004",
        "fat1,n[001,005-006];fat1 n001 n005 n006",
        "n[8-11];n8 n9 n10 n11",
        "r[1-2]n[08-09]-ib;r1n08-ib r1n09-ib r2n08-ib r2n09-ib"
      })
  void hostLists(String list, String names) {
    assertEquals(List.of(names.split(" ")), HostList.unfold(list));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "n[",
        "n]",
        "n[1-",
        "n[2-1]x[",
        "n[1-30000]",
        "n[1-200]m[1-200]",
        "n[]",
        "n[a-b]",
        ",",
        "n[[1]]",
        "n[0-99999999999]"
      })
  void noHostList(String list) {
    assertThrows(IllegalArgumentException.class, () -> HostList.unfold(list));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "gres:gpu:2;2",
        "gres:gpu:a100:1;1",
        "gres/gpu:a100:3;3",
        "gpu;1",
        "gres/gpu:a100;1",
        "gpu:a100:4(S:0,1),gpu:v100:2;6",
        "cpu=8,mem=8000M,node=1,billing=8,gres/gpu=2;2",
        "cpu=8,gres/gpu=3,gres/gpu:a100=2,gres/gpu:v100=1;3",
        "cpu=8,gres/gpu:a100=2;2",
        "gres:shard:2;0",
        "craynetwork:4;0",
        "gpumem:5;0"
      })
  void gpus(String resources, int count) {
    assertEquals(count, Gpus.in(resources));
  }

  @ParameterizedTest
  @CsvSource({"12,12", "12_3,12_3", "22+1,22+1", "'57_[1-100%4]',57", "'3_[1,3-4]',3"})
  void jobIds(String jobId, String asked) {
    assertEquals(asked, JobIds.askedOf(jobId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "-1", "--json", "1,2", "1 2", "12_", "12_[", "1;ls", "12_x", "1\n", "a"})
  void noJobIds(String jobId) {
    assertThrows(IllegalArgumentException.class, () -> JobIds.askedOf(jobId));
    assertThrows(IllegalArgumentException.class, () -> JobIds.askedOf(null));
  }

  @Test
  void theWaitingTasksOfAnArrayAnswerForWhatIsLeftOfThem() {
    assertEquals(2, JobIds.likeness("12_[4-9%4]", "12_[4-9%4]"));
    assertEquals(1, JobIds.likeness("12_[5-9%4]", "12_[4-9%4]"));
    assertEquals(0, JobIds.likeness("12_4", "12_[4-9%4]"));
    assertEquals(1, JobIds.likeness("12_4", "12"));
    assertEquals(0, JobIds.likeness("12_4", "12_5"));
    assertEquals(0, JobIds.likeness("120", "12"));
  }

  @Test
  void columnsAreInTheirOrder() {
    int column = 0;
    for (JobField field : JobField.values()) {
      assertEquals(column, field.column(), field.name());
      column++;
    }
  }
}
