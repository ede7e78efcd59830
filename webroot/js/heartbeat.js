// @ts-check
/**
 * Ticks from a thread of its own: browsers let the timers of a page that nobody sees go off once a minute, and the bridge closes a
 * socket that is silent for ten seconds.
 */
const BEAT_MILLIS = 4000;

setInterval(() => postMessage('beat'), BEAT_MILLIS);
