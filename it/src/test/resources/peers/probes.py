"""Many probes in one process: SNAPSHOT COUNT [HOST]; each answers with the snapshot, a new one every second.

Every ten seconds it prints how many polls came, and of all that were not the first of their probe how long after the one before:
the time that all but a hundredth do not exceed, and the longest, in milliseconds.
"""
import json
import sys
import time

import zmq

REPORT_SECONDS = 10

with open(sys.argv[1], encoding="utf-8") as file:
    snapshot = json.load(file)
host = sys.argv[3] if len(sys.argv) > 3 else "127.0.0.1"
context = zmq.Context()
poller = zmq.Poller()
for number in range(int(sys.argv[2])):
    socket = context.socket(zmq.ROUTER)
    socket.setsockopt(zmq.LINGER, 0)
    socket.bind("tcp://%s:*" % host)
    poller.register(socket, zmq.POLLIN)
    print("listening on " + socket.getsockopt_string(zmq.LAST_ENDPOINT).rstrip("\0"), flush=True)
print("all listen", flush=True)

boot = "%x" % int(time.time())
encoded = (0, "")
last = {}
gaps = []
report = time.monotonic() + REPORT_SECONDS


def took(socket):
    global report, gaps
    now = time.monotonic()
    if socket in last:
        gaps.append(now - last[socket])
    last[socket] = now
    if now > report:
        gaps.sort()
        if gaps:
            worst = gaps[int(len(gaps) * 0.99)], gaps[-1]
            print("polls %d apart %.1f at most %.1f ms" % (len(gaps), worst[0] * 1000, worst[1] * 1000), flush=True)
        gaps = []
        report = now + REPORT_SECONDS


while True:
    for socket, _ in poller.poll():
        peer, empty, body = socket.recv_multipart()
        took(socket)
        request = json.loads(body)
        second = int(time.time())
        named = "%s-%d" % (boot, second)
        age = int((time.time() - second) * 1000)
        start = '{"protocol":"qstat-mesh/1","id":%s,' % json.dumps(request["id"])
        if request.get("have") == named:
            reply = start + '"unchanged":true,"ageMillis":%d}' % age
        else:
            if encoded[0] != second:
                snapshot.update(snapshotId=named, takenAtEpochMillis=second * 1000, ageMillis=0)
                encoded = second, json.dumps(snapshot)
            reply = start + '"snapshot":' + encoded[1] + "}"
        socket.send_multipart([peer, empty, reply.encode()])
