// Runs before the page: keeps what its socket said, and can say the like again, quicker than any cluster would.
(() => {
  const Real = WebSocket;
  const rows = new Map();
  const histories = [];
  let socket = null;
  let round = 0;
  let alone = false;
  let ahead = [];

  // A mesh that has just started has no day behind it: waves stand where nothing was stored, so that the areas are full.
  function fill(body) {
    const known = (values) => values.findLast((value) => value !== null) ?? 0;
    body.series.forEach((one, k) => {
      const usual = known(one.values);
      one.values = one.values.map((value, i) => value ?? Math.max(1, Math.round(usual * (1 + 0.4 * Math.sin(i / 9 + k)))));
    });
    for (const [name, values] of Object.entries(body)) {
      if (!Array.isArray(values) || name === 'series' || name === 'times' || values.some((value) => typeof value === 'object' && value !== null)) continue;
      body[name] = values.map((value) => value ?? known(values));
    }
  }

  function keep(frame) {
    if (frame.address?.startsWith('grid.cluster.')) rows.set(frame.address, frame.body);
    else if (frame.body?.series) histories.push(frame.body);
  }

  class Tapped extends Real {
    constructor(...parameters) {
      super(...parameters);
      socket = this;
      this.addEventListener('message', (event) => {
        if (!event.isTrusted) return;
        // What the clusters really say would come between.
        if (alone) return event.stopImmediatePropagation();
        const frame = JSON.parse(typeof event.data === 'string' ? event.data : new TextDecoder().decode(event.data));
        const history = frame.body?.series !== undefined;
        if (history) fill(frame.body);
        keep(frame);
        if (!history) return;
        event.stopImmediatePropagation();
        this.dispatchEvent(new MessageEvent('message', { data: JSON.stringify(frame) }));
      });
    }
  }
  window.WebSocket = Tapped;

  // One hands cores to the next, who hands them back later: what is used and free in all stays as it is.
  function changed(row, time) {
    const next = structuredClone(row);
    next.revision += round;
    next.serverTimeEpochMillis = next.observedAtEpochMillis = time;
    const handed = round % 2 === 0 ? 3 : 1;
    for (const uses of Object.values(next.usage ?? {})) {
      for (let i = 0; i + 1 < (uses?.length ?? 0); i += 2) {
        if (uses[i].runningSlots <= handed) continue;
        uses[i].runningSlots -= handed;
        uses[i + 1].runningSlots += handed;
      }
    }
    if (next.jobs) next.jobs.queued += handed;
    return next;
  }

  const channel = new MessageChannel();
  // A timer of nothing waits four milliseconds.
  const task = () =>
    new Promise((done) => {
      channel.port1.onmessage = () => done();
      channel.port2.postMessage(null);
    });
  const idle = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));

  const framesOf = () =>
    [...rows].map(([address, row]) => JSON.stringify({ type: 'rec', address, body: changed(row, Date.now() + round) }));

  /** One new row of each cluster, each in a task of its own as from a socket; done when it is drawn. */
  async function update(frames) {
    for (const data of frames) {
      socket.dispatchEvent(new MessageEvent('message', { data }));
      await task();
    }
    for (let i = 0; i < 3; i++) await idle();
  }

  const long = [];
  new PerformanceObserver((list) => long.push(...list.getEntries().map((entry) => Math.round(entry.duration)))).observe({ type: 'longtask' });

  window.bench = {
    rows: () => [...rows.values()],
    histories: () => histories,
    changed: (row) => changed(row, Date.now()),
    /** Makes what the next updates say, so that the making is not measured. */
    prepare: (count) => {
      alone = true;
      ahead = Array.from({ length: count }, () => {
        round += 1;
        return framesOf();
      });
    },
    updates: async () => {
      for (const frames of ahead.splice(0)) await update(frames);
    },
    /** As many as in hours, as quick as they can be drawn. */
    many: async (count) => {
      for (let i = 0; i < count; i++) {
        round += 1;
        for (const data of framesOf()) socket.dispatchEvent(new MessageEvent('message', { data }));
        await idle();
      }
    },
    longTasks: () => long.splice(0),
    charts: () => document.querySelectorAll('.areas-chart svg').length + document.querySelectorAll('.donut-chart svg').length,
  };
})();
