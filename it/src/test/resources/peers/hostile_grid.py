#!/usr/bin/env python3
"""Probes whose every name is a vector: VECTORS FLAG PER_CLUSTER [CLUSTERS]; once the file FLAG is there, jobs start and nodes go down."""
import json
import os
import re
import sys
import time

import zmq

CALM = 10  # seconds: a page that is busy with news is no better tested
LETTERS = {"n": "\n", "r": "\r", "t": "\t", "\\": "\\"}


def unescape(line):
    return re.sub(r"\\(?:u([0-9a-f]{4})|([nrt\\]))", lambda found: chr(int(found[1], 16)) if found[1] else LETTERS[found[2]], line)


with open(sys.argv[1], encoding="utf-8") as file:
    vectors = [unescape(line.rstrip("\n")) for line in file]
vectors.append("<img src=x onerror=__xss(0)>" * 100)
each = int(sys.argv[3])
clusters = [vectors[i:i + each] for i in range(0, len(vectors), each)][:int(sys.argv[4]) if len(sys.argv) > 4 else None]


def snapshot_of(own):
    happened = os.path.exists(sys.argv[2])
    now = int(time.time() / CALM) * CALM
    jobs, nodes = [], []
    for number, vector in enumerate(own):
        names = {"jobName": vector, "jobOwner": vector, "groupName": vector, "accountingId": vector, "queueName": vector}
        at = {"slots": 16 - number, "nodeNames": [vector], "gpus": 1, "submissionTimeEpochSeconds": now - 90, "jobSubState": vector}
        jobs.append({"jobId": "%d.%s" % (number, vector), "jobState": "RUNNING", "dispatchTimeEpochSeconds": now - 60, **names, **at})
        jobs.append({"jobId": "q%d.%s" % (number, vector), "jobState": "QUEUED", "reason": vector, **names, **at, "nodeNames": []})
        if happened:
            jobs.append({"jobId": "s%d.%s" % (number, vector), "jobState": "RUNNING", "dispatchTimeEpochSeconds": now, **names, **at})
        nodes.append({"nodeName": vector, "nodeState": "DOWN" if happened else "PARTIAL", "nodeSubState": vector, "slots": 32, "usedSlots": 16 - number,
                      "freeSlots": 0 if happened else 16, "queueNames": [vector], "reason": vector, "gpus": 2, "usedGpus": 1})
    return {"drms": own[0], "drmsVersion": own[1 % len(own)], "serverName": own[2 % len(own)], "visibility": "ALL", "jobs": jobs, "nodes": nodes,
            "queues": [{"queueName": vector, "enabled": True, "started": True} for vector in own], "snapshotId": "%s-%d" % (happened, now), "takenAtEpochMillis": now * 1000, "ageMillis": int((time.time() - now) * 1000)}


def answer(own, request):
    reply = {"protocol": "qstat-mesh/1", "id": request["id"]}
    snapshot = snapshot_of(own)
    if request["op"] == "job":
        job = next((job for job in snapshot["jobs"] if job["jobId"] == request["jobId"]), None)
        return {**reply, "detail": {"job": job, "reason": own[0], "text": "\n".join(own)}}
    if request.get("have") == snapshot["snapshotId"]:
        return {**reply, "unchanged": True, "ageMillis": snapshot["ageMillis"]}
    return {**reply, "snapshot": snapshot}


context = zmq.Context()
poller = zmq.Poller()
names_of = {}
for own in clusters:
    socket = context.socket(zmq.REP)
    socket.bind("tcp://127.0.0.1:*")
    poller.register(socket, zmq.POLLIN)
    names_of[socket] = own
    print("listening on " + socket.getsockopt_string(zmq.LAST_ENDPOINT).rstrip("\0"), flush=True)
print("all listen", flush=True)
while True:
    for socket, _ in poller.poll():
        socket.send_json(answer(names_of[socket], json.loads(socket.recv())))
