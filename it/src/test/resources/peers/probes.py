"""Many probes in one process: SNAPSHOT COUNT [HOST]; each answers with the snapshot, a new one every second."""
import json
import sys
import time

import zmq

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
while True:
    for socket, _ in poller.poll():
        peer, empty, body = socket.recv_multipart()
        request = json.loads(body)
        second = int(time.time())
        named = "%s-%d" % (boot, second)
        reply = {"protocol": "qstat-mesh/1", "id": request["id"]}
        if request.get("have") == named:
            reply.update(unchanged=True, ageMillis=int((time.time() - second) * 1000))
        else:
            snapshot.update(snapshotId=named, takenAtEpochMillis=second * 1000, ageMillis=int((time.time() - second) * 1000))
            reply["snapshot"] = snapshot
        socket.send_multipart([peer, empty, json.dumps(reply).encode()])
