// Rows to every websocket, with ws: CLUSTERS BYTES INTERVAL_MILLIS; one row of each cluster an interval, evenly over it.
const { createServer } = require('node:http');
const { WebSocketServer } = require('/usr/share/nodejs/ws');

const [clusters, size, interval] = process.argv.slice(2).map(Number);
const http = createServer();
const server = new WebSocketServer({ server: http, path: '/eventbus/websocket', perMessageDeflate: false });
server.on('connection', (socket) => socket.on('message', () => {}));

function row(cluster) {
  const head = `{"type":"rec","address":"grid.cluster.hpc${cluster}","body":{"serverTimeEpochMillis":${Date.now()},"fill":"`;
  return `${head}${'x'.repeat(size - head.length - 3)}"}}`;
}

let cluster = 0;
let due = performance.now();
function publish() {
  const text = Buffer.from(row(cluster));
  cluster = (cluster + 1) % clusters;
  for (const socket of server.clients) socket.send(text, { binary: false });
  due += interval / clusters;
  setTimeout(publish, Math.max(0, due - performance.now()));
}

http.listen(0, '127.0.0.1', () => {
  console.log(`page is at http://127.0.0.1:${http.address().port}/`);
  publish();
});
