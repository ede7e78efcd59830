#!/usr/bin/env python3
"""A probe whose users chose the worst names they could; hostile_probe.py snapshot|error"""
import json
import sys
import time

import zmq

TAG = "<img src=x onerror=alert(1)>"
STEERING = "two\nlines \x1b[31mand a colour\x1b[0m\r\x07"
JOBS = [
    {"jobId": "1", "jobName": TAG, "jobOwner": TAG, "groupName": TAG, "accountingId": TAG, "queueName": TAG, "jobState": "RUNNING",
     "slots": 3},
    {"jobId": "2", "jobName": STEERING, "jobOwner": STEERING, "groupName": STEERING, "queueName": STEERING, "accountingId": "=1+1", "jobState": "RUNNING",
     "slots": 2},
    {"jobId": "3\n4", "jobName": "__proto__", "jobOwner": "__proto__", "queueName": "constructor", "jobState": "QUEUED", "slots": 1,
     "reason": TAG},
    {"jobId": "5", "jobName": "x", "jobOwner": "\u202eecila", "jobState": "QUEUED", "slots": 1, "reason": STEERING},
]
NODES = [{"nodeName": TAG, "nodeState": "PARTIAL", "slots": 8, "usedSlots": 5, "freeSlots": 3, "reason": STEERING}]
SNAPSHOT = {"drms": TAG, "drmsVersion": STEERING, "serverName": TAG, "visibility": "ALL", "jobs": JOBS, "nodes": NODES,
            "queues": [{"queueName": TAG, "enabled": True, "started": True}]}
ERROR = {"code": "DRMS_COMMAND_FAILED", "message": STEERING + "\n2026-01-01T00:00:00.000Z ERROR forged line " + TAG}


def answer(request):
    reply = {"protocol": "qstat-mesh/1", "id": request["id"]}
    if sys.argv[1] == "error":
        return {**reply, "error": ERROR}
    return {**reply, "snapshot": {**SNAPSHOT, "takenAtEpochMillis": int(time.time() * 1000)}}


socket = zmq.Context().socket(zmq.REP)
socket.bind("tcp://127.0.0.1:*")
print("listening on", socket.getsockopt_string(zmq.LAST_ENDPOINT), flush=True)
while True:
    socket.send_json(answer(json.loads(socket.recv())))
