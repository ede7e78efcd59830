"""Asks a probe for so many collections: ask.py ENDPOINT OP COUNT.

Prints a line for each: when its reply came (epoch ms), how long after it was first asked for (ms), and its bytes.
"""
import re
import sys
import time

import zmq

SNAPSHOT_ID = re.compile(rb'"snapshotId":"([^"]*)"')


def main():
    endpoint, op, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    socket = zmq.Context().socket(zmq.REQ)
    socket.setsockopt(zmq.LINGER, 0)
    # The probe may be about to start: do not be the one that waits.
    socket.setsockopt(zmq.RECONNECT_IVL, 1)
    socket.connect(endpoint)
    print("ready", flush=True)
    newest = None
    for number in range(count):
        began = time.time()
        reply, newest = ask_for_news(socket, {"protocol": "qstat-mesh/1", "id": str(number), "op": op}, newest)
        now = time.time()
        print("reply", round(now * 1e3, 3), round((now - began) * 1e3, 3), len(reply), flush=True)


def ask_for_news(socket, request, known):
    """A long collection outlasts a request: that one gets the picture before it, or hears that there is none yet."""
    asked = {**request, "omitAbsent": True, **({"have": known} if known else {})}
    while True:
        socket.send_json(asked)
        reply = socket.recv()
        if b'"unchanged":true' in reply[:300]:
            time.sleep(0.02)
            continue
        if b'"error":' in reply[:200]:
            if b'"DRMS_TIMEOUT"' not in reply[:200]:
                sys.exit("the probe says " + reply[:500].decode())
            continue
        if request["op"] != "snapshot":
            return reply, None
        name = SNAPSHOT_ID.search(reply).group(1).decode()
        if name != known:
            return reply, name


main()
