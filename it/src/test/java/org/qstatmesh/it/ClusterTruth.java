package org.qstatmesh.it;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;

/**
 * What the rows of the two recorded clusters must say, counted by hand from the counts that {@code
 * qselect}, one {@code pbsnodes NODE} for each node and the ledger of what was submitted gave on
 * the machines of the recordings. Nothing here comes from a parser.
 *
 * @param row the parts of the row that are certain; lists of use by key; of groups only the running
 *     cores, added up from the ledger
 */
record ClusterTruth(String drms, String serverName, JsonNode row) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * TORQUE. Running cores are the slots that the nodes name (152); free are those of n001, n004,
   * n007 and n008 (1 + 2 + 4 + 24); n006 is offline, n009 down. Held: 14 H and one W. Completed
   * jobs (C) are left out.
   */
  static ClusterTruth torque() {
    return of(
        "torque",
        "login1.cluster.example",
        """
        {"jobs": {"running": 39, "queued": 111, "held": 15, "suspended": 1, "undetermined": 0},
         "slots": {"total": 208, "used": 152, "free": 31, "unavailable": 25, "largestFreeOnOneNode": 24},
         "gpus": {"total": 4, "used": 2},
         "nodes": {"total": 9, "free": 0, "partial": 4, "full": 3, "draining": 0, "offline": 1, "down": 1, "unknown": 0},
         "user": {
           "alice":   {"runningJobs": 22, "runningSlots": 53, "runningGpus": 0, "queuedJobs": 0, "queuedSlots": 0, "heldJobs": 1},
           "bob":     {"runningJobs": 4, "runningSlots": 16, "runningGpus": 0, "queuedJobs": 2, "queuedSlots": 132, "heldJobs": 1},
           "carol":   {"runningJobs": 1, "runningSlots": 8, "runningGpus": 2, "queuedJobs": 1, "queuedSlots": 5, "heldJobs": 3},
           "dave":    {"runningJobs": 7, "runningSlots": 7, "runningGpus": 0, "queuedJobs": 105, "queuedSlots": 405, "heldJobs": 10},
           "erin":    {"runningJobs": 3, "runningSlots": 65, "runningGpus": 0, "queuedJobs": 2, "queuedSlots": 2, "heldJobs": 0},
           "j.smith": {"runningJobs": 1, "runningSlots": 2, "runningGpus": 0, "queuedJobs": 0, "queuedSlots": 0, "heldJobs": 0},
           "a_very_long_username_indeed_x":
                      {"runningJobs": 1, "runningSlots": 1, "runningGpus": 0, "queuedJobs": 1, "queuedSlots": 2, "heldJobs": 0}},
         "group": {"chem": 68, "bio": 68, "phys": 15, "chemistry-long-group-name": 1},
         "queues": {
           "batch": {"enabled": true, "started": true, "runningJobs": 18, "queuedJobs": 2},
           "gpu": {"enabled": true, "started": true, "runningJobs": 1, "queuedJobs": 0},
           "long": {"enabled": true, "started": true, "runningJobs": 20, "queuedJobs": 1},
           "closed": {"enabled": true, "started": false, "runningJobs": 0, "queuedJobs": 107},
           "disabled_q": {"enabled": false, "started": true, "runningJobs": 0, "queuedJobs": 0},
           "route_in": {"enabled": true, "started": false, "runningJobs": 0, "queuedJobs": 1}}}
        """);
  }

  /**
   * OpenPBS. Running: 45 R and the exiting job 62. Free are those of n007 (21), n008 (13), n009
   * (28) and n011 (15); n005 is held exclusively, n006 offline, n010 and n012 down. Held: 3 H and
   * one W. The suspended job 21 has no cores.
   */
  static ClusterTruth openPbs() {
    return of(
        "openpbs",
        "login1",
        """
        {"jobs": {"running": 46, "queued": 119, "held": 4, "suspended": 1, "undetermined": 0},
         "slots": {"total": 336, "used": 213, "free": 77, "unavailable": 46, "largestFreeOnOneNode": 28},
         "gpus": {"total": 8, "used": 8},
         "nodes": {"total": 12, "free": 0, "partial": 4, "full": 5, "draining": 0, "offline": 1, "down": 2, "unknown": 0},
         "user": {
           "alice":   {"runningJobs": 25, "runningSlots": 56, "runningGpus": 0, "queuedJobs": 0, "queuedSlots": 0, "heldJobs": 1},
           "bob":     {"runningJobs": 4, "runningSlots": 16, "runningGpus": 0, "queuedJobs": 2, "queuedSlots": 129, "heldJobs": 0},
           "carol":   {"runningJobs": 4, "runningSlots": 24, "runningGpus": 8, "queuedJobs": 0, "queuedSlots": 0, "heldJobs": 2},
           "dave":    {"runningJobs": 7, "runningSlots": 7, "runningGpus": 0, "queuedJobs": 114, "queuedSlots": 414, "heldJobs": 1},
           "erin":    {"runningJobs": 4, "runningSlots": 107, "runningGpus": 0, "queuedJobs": 2, "queuedSlots": 2, "heldJobs": 0},
           "j.smith": {"runningJobs": 1, "runningSlots": 2, "runningGpus": 0, "queuedJobs": 0, "queuedSlots": 0, "heldJobs": 0},
           "a_very_long_username_indeed_x":
                      {"runningJobs": 1, "runningSlots": 1, "runningGpus": 0, "queuedJobs": 1, "queuedSlots": 999, "heldJobs": 0}},
         "group": {"chem": 71, "bio": 110, "phys": 31, "chemistry-long-group-name": 1},
         "queues": {
           "batch": {"enabled": true, "started": true, "runningJobs": 19, "queuedJobs": 9},
           "gpu": {"enabled": true, "started": true, "runningJobs": 3, "queuedJobs": 0},
           "long": {"enabled": true, "started": true, "runningJobs": 1, "queuedJobs": 0},
           "closed": {"enabled": true, "started": false, "runningJobs": 0, "queuedJobs": 109},
           "disabled_q": {"enabled": false, "started": true, "runningJobs": 0, "queuedJobs": 0},
           "express": {"enabled": true, "started": true, "runningJobs": 23, "queuedJobs": 0},
           "route_in": {"enabled": true, "started": false, "runningJobs": 0, "queuedJobs": 1},
           "workq": {"enabled": true, "started": true, "runningJobs": 0, "queuedJobs": 0}}}
        """);
  }

  private static ClusterTruth of(String drms, String serverName, String row) {
    try {
      return new ClusterTruth(drms, serverName, JSON.readTree(row));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  /** A list of objects of a row, by the field that names them. */
  static Map<String, JsonNode> byKey(JsonNode list, String key) {
    Map<String, JsonNode> map = new HashMap<>();
    list.forEach(entry -> map.put(entry.path(key).asText(), entry));
    return map;
  }
}
