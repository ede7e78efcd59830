"""Asks a probe: ask.py ENDPOINT OP COUNT. A line for each reply: when it came (epoch ms), how long it took (ms), its bytes."""
import sys
import time

import zmq


def main():
    endpoint, op, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    socket = zmq.Context().socket(zmq.REQ)
    socket.setsockopt(zmq.LINGER, 0)
    # The probe may be about to start: do not be the one that waits.
    socket.setsockopt(zmq.RECONNECT_IVL, 1)
    socket.connect(endpoint)
    print("ready", flush=True)
    for number in range(count):
        began = time.time()
        socket.send_json({"protocol": "qstat-mesh/1", "id": str(number), "op": op})
        reply = socket.recv()
        now = time.time()
        if b'"error":' in reply[:200]:
            sys.exit("the probe says " + reply[:500].decode())
        print("reply", round(now * 1e3, 3), round((now - began) * 1e3, 3), len(reply), flush=True)


main()
