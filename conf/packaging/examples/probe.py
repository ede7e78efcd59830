#!/usr/bin/env python3
"""A probe of a machine without a scheduler: whoever keeps cores busy counts as a running job."""
import json
import os
import subprocess
import sys
import time

import zmq


def snapshot():
    listing = subprocess.run(["ps", "-eo", "user:32=,pcpu="], stdout=subprocess.PIPE, timeout=10, check=True)
    busy = {}
    for line in listing.stdout.decode(errors="replace").splitlines():
        user, percent = line.split()
        busy[user] = busy.get(user, 0.0) + float(percent) / 100
    jobs = [{"jobId": user, "jobOwner": user, "jobState": "RUNNING", "slots": round(cores)}
            for user, cores in busy.items() if round(cores) > 0]
    total = os.cpu_count()
    used = min(total, sum(job["slots"] for job in jobs))
    state = "FREE" if used == 0 else "PARTIAL" if used < total else "FULL"
    node = {"nodeName": os.uname().nodename, "nodeState": state, "slots": total, "usedSlots": used,
            "freeSlots": total - used, "loadAverage": os.getloadavg()[0]}
    return {"drms": "none", "takenAtEpochMillis": int(time.time() * 1000), "jobs": jobs, "nodes": [node]}


def answer(request):
    reply = {"protocol": "qstat-mesh/1", "id": request.get("id")}
    if request.get("op") == "snapshot":
        return {**reply, "snapshot": snapshot()}
    return {**reply, "error": {"code": "PROBE_PROTOCOL", "message": "only op snapshot is known here"}}


socket = zmq.Context().socket(zmq.REP)
socket.bind(sys.argv[1] if len(sys.argv) > 1 else "tcp://127.0.0.1:7621")
print("listening on", socket.getsockopt_string(zmq.LAST_ENDPOINT), flush=True)
while True:
    socket.send_json(answer(json.loads(socket.recv())))
