#!/usr/bin/env python3
"""A probe of a cluster where many work; every cluster that asks gets the same: jobs of 40 users on 64 nodes, some of whom wait."""
import json
import random
import time

import zmq

random.seed(7)
NODES = 64
CORES = 32
jobs = []
used = [0] * NODES
for number in range(400):
    user = min(39, int(random.expovariate(1 / 8)))
    slots = random.choice([1, 2, 4, 8, 16])
    node = random.randrange(NODES)
    runs = used[node] + slots <= CORES - node % 5
    if runs:
        used[node] += slots
    jobs.append({"jobId": str(number), "jobName": f"run {number}", "jobOwner": f"user{user:02}", "groupName": f"group{user % 9}",
                 "accountingId": f"project{user % 12}", "queueName": ["short", "long", "gpu"][number % 3],
                 "jobState": "RUNNING" if runs else "QUEUED", "slots": slots, "reason": None if runs else "Resources"})
nodes = [{"nodeName": f"cn{node:03}", "nodeState": "FULL" if used[node] == CORES else "PARTIAL" if used[node] else "FREE", "slots": CORES,
          "usedSlots": used[node], "freeSlots": CORES - used[node]} for node in range(NODES)]
SNAPSHOT = {"drms": "OpenPBS", "drmsVersion": "23.06.06", "serverName": "crowd", "visibility": "ALL", "jobs": jobs, "nodes": nodes,
            "queues": [{"queueName": name, "enabled": True, "started": True} for name in ("short", "long", "gpu")]}

socket = zmq.Context().socket(zmq.REP)
socket.bind("tcp://127.0.0.1:*")
print("listening on", socket.getsockopt_string(zmq.LAST_ENDPOINT), flush=True)
while True:
    request = json.loads(socket.recv())
    reply = {"protocol": "qstat-mesh/1", "id": request["id"]}
    socket.send_json({**reply, "snapshot": {**SNAPSHOT, "takenAtEpochMillis": int(time.time() * 1000)}})
