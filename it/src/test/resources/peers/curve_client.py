#!/usr/bin/env python3
"""A CURVE client over libzmq.

curve_client.py keys                  prints key pairs, and the file of a probe that lists one of them
curve_client.py ask ENDPOINT FILE     asks with the listed key, with another and with none; null is no answer
"""
import json
import sys

import zmq

WAIT_MILLIS = 20000
NOTHING_AFTER_MILLIS = 2500
HEARTBEAT_MILLIS = 100


def pair():
    public, secret = zmq.curve_keypair()
    return {"publicKey": public.decode(), "secretKey": secret.decode()}


def keys():
    probe, listed = pair(), pair()
    return {"probeFile": {**probe, "clients": {"mesh": listed["publicKey"]}},
            "listed": listed, "unlisted": pair()}


def connected(context, endpoint, server_key, own):
    socket = context.socket(zmq.DEALER)
    socket.setsockopt(zmq.LINGER, 0)
    socket.setsockopt(zmq.HEARTBEAT_IVL, HEARTBEAT_MILLIS)
    socket.setsockopt(zmq.HEARTBEAT_TIMEOUT, HEARTBEAT_MILLIS * 20)
    if own:
        socket.curve_publickey = own["publicKey"].encode()
        socket.curve_secretkey = own["secretKey"].encode()
        socket.curve_serverkey = server_key.encode()
    socket.connect(endpoint)
    return socket


def ask(socket, number, op, wait_millis):
    request = {"protocol": "qstat-mesh/1", "id": "python-%d" % number, "op": op}
    socket.send_multipart([b"", json.dumps(request).encode()])
    if not socket.poll(wait_millis):
        return None
    empty, reply = socket.recv_multipart()
    assert empty == b""
    return json.loads(reply)


def main():
    if sys.argv[1] == "keys":
        return keys()
    with open(sys.argv[3], encoding="utf-8") as file:
        made = json.load(file)
    context = zmq.Context()
    server_key = made["probeFile"]["publicKey"]
    listed = connected(context, sys.argv[2], server_key, made["listed"])
    told = {"listed": ask(listed, 1, "snapshot", WAIT_MILLIS)}
    for name, own in (("unlisted", made["unlisted"]), ("plain", None)):
        told[name] = ask(connected(context, sys.argv[2], server_key, own), 2, "hello", NOTHING_AFTER_MILLIS)
    told["listedAfterHeartbeats"] = ask(listed, 3, "hello", WAIT_MILLIS)
    return told


json.dump(main(), sys.stdout)
