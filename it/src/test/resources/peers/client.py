#!/usr/bin/env python3
"""Asks a probe for one snapshot over a plain REQ socket and prints the reply: client.py ENDPOINT"""
import sys

import zmq

socket = zmq.Context().socket(zmq.REQ)
socket.setsockopt(zmq.LINGER, 0)
socket.setsockopt(zmq.RCVTIMEO, 60000)
socket.connect(sys.argv[1])
socket.send_json({"protocol": "qstat-mesh/1", "id": "python-1", "op": "snapshot", "have": None})
sys.stdout.write(socket.recv().decode("utf-8"))
