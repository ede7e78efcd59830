"""Rows to every websocket, with Tornado: CLUSTERS BYTES INTERVAL_MILLIS; one row of each cluster an interval, evenly over it."""
import asyncio
import sys
import time

import tornado.httpserver
import tornado.netutil
import tornado.web
import tornado.websocket

clusters, size, interval = (int(word) for word in sys.argv[1:4])
sockets = set()


class Bridge(tornado.websocket.WebSocketHandler):
    def open(self):
        self.set_nodelay(True)
        sockets.add(self)

    def on_message(self, message):
        pass

    def on_close(self):
        sockets.discard(self)


def row(cluster):
    head = '{"type":"rec","address":"grid.cluster.hpc%d","body":{"serverTimeEpochMillis":%d,"fill":"' % (cluster, time.time() * 1000)
    return head + "x" * (size - len(head) - 3) + '"}}'


async def main():
    listening = tornado.netutil.bind_sockets(0, "127.0.0.1")
    tornado.httpserver.HTTPServer(tornado.web.Application([("/eventbus/websocket", Bridge)])).add_sockets(listening)
    print("page is at http://127.0.0.1:%d/" % listening[0].getsockname()[1], flush=True)
    due = time.monotonic()
    while True:
        for cluster in range(clusters):
            due += interval / 1000 / clusters
            await asyncio.sleep(max(0, due - time.monotonic()))
            text = row(cluster)
            for socket in list(sockets):
                socket.write_message(text)


asyncio.run(main())
