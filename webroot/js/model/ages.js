// @ts-check
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const timeWithSeconds = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const dayAndTime = new Intl.DateTimeFormat(undefined, { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayOfMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const month = new Intl.DateTimeFormat(undefined, { month: 'short' });
const year = new Intl.DateTimeFormat(undefined, { year: 'numeric' });
const fullMoment = new Intl.DateTimeFormat(undefined, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const dayMonthTime = new Intl.DateTimeFormat(undefined, {
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const fullDay = new Intl.DateTimeFormat(undefined, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const date = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });

/**
 * "12 s", "4 min", "2 h" up to half a day, then the time of day, then the date.
 *
 * @param {number} thenMillis
 * @param {number} nowMillis
 */
export function formatAge(thenMillis, nowMillis) {
  const age = Math.max(0, nowMillis - thenMillis);
  if (age < MINUTE) return `${Math.floor(age / SECOND)} s`;
  if (age < HOUR) return `${Math.floor(age / MINUTE)} min`;
  if (age < 12 * HOUR) return `${Math.floor(age / HOUR)} h`;
  return formatMoment(thenMillis, nowMillis);
}

/** The time of day within the last day, with the weekday within the last week, else the date. @param {number} thenMillis @param {number} nowMillis */
export function formatMoment(thenMillis, nowMillis) {
  const age = nowMillis - thenMillis;
  if (age < 20 * HOUR) return timeOfDay.format(thenMillis);
  return age < 6 * 24 * HOUR ? dayAndTime.format(thenMillis) : date.format(thenMillis);
}

/** @param {number} millis @returns {string} "14:03:12" */
export function formatClock(millis) {
  return timeWithSeconds.format(millis);
}

/** @param {number} millis @returns {string} "14:03" */
export function formatTimeOfDay(millis) {
  return timeOfDay.format(millis);
}

/** @param {number} millis @returns {string} "Sun, 22 Nov 2026" */
export function formatDay(millis) {
  return fullDay.format(millis);
}

/** How long something lasted, in one unit. @param {number} millis @returns {string} "28 min", "5 h", "3 d" */
export function formatSpan(millis) {
  if (millis < MINUTE) return `${Math.max(0, Math.floor(millis / SECOND))} s`;
  if (millis < 2 * HOUR) return `${Math.floor(millis / MINUTE)} min`;
  return millis < 2 * DAY ? `${Math.floor(millis / HOUR)} h` : `${Math.floor(millis / DAY)} d`;
}

/** A moment that may be any, in full. @param {number} millis @returns {string} "Sat, 21 Nov 2026, 14:03" */
export function formatWhen(millis) {
  return fullMoment.format(millis);
}

/** @param {number} millis @param {number} rangeMillis how much time the axis shows @returns {string} label of a tick */
export function formatTick(millis, rangeMillis) {
  const then = new Date(millis);
  const midnight = then.getHours() + then.getMinutes() === 0;
  if (rangeMillis > 90 * DAY) return then.getMonth() === 0 ? year.format(millis) : month.format(millis);
  if (rangeMillis > 8 * DAY) return dayAndMonth.format(millis);
  if (rangeMillis > 24 * HOUR || (midnight && rangeMillis > HOUR)) return `${weekday.format(millis)} ${dayOfMonth.format(millis)}`;
  return timeOfDay.format(millis);
}

/**
 * The step of a chart in words.
 *
 * @param {number} millis its start
 * @param {number} [stepMillis] how long it is
 * @returns {string} "Sun 14:05"; of long ones "14 Nov 14:00", then the days, which begin at midnight UTC
 */
export function formatReadingTime(millis, stepMillis = 0) {
  if (stepMillis >= DAY) return date.formatRange(millis + DAY / 2, millis + stepMillis - DAY / 2);
  return stepMillis > HOUR ? dayMonthTime.format(millis) : dayAndTime.format(millis);
}
