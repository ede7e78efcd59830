// @ts-check
/** @typedef {'auto' | 'light' | 'dark'} Theme */

/** @type {readonly Theme[]} */
export const THEMES = Object.freeze(['auto', 'light', 'dark']);

/** The same name stands in early-theme.js, which must run before the first paint and cannot be a module. */
const STORED = 'qstat-mesh-theme';

/** @returns {Theme} */
export function chosenTheme() {
  const theme = /** @type {Theme} */ (document.documentElement.dataset.theme);
  return THEMES.includes(theme) ? theme : 'auto';
}

/** @param {Theme} theme */
export function rememberTheme(theme) {
  document.documentElement.dataset.theme = theme;
  remember(STORED, theme);
}

/** Under this name is remembered that single keys do nothing. */
export const KEYS = 'qstat-mesh-keys';

/** Under this name is remembered of what somebody wants to be told. */
export const RULES = 'qstat-mesh-tell';

/** Storage may be forbidden; then nothing is remembered. @param {string} name @param {string | null} value null takes it away */
export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, value);
  } catch {
    return;
  }
}

/** @param {string} name @returns {string | null} */
export function recall(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}
