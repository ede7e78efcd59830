// @ts-check
import { pictureOf, toPng } from '../charts/picture.js';
import { element } from '../element.js';
import { fileName, headline, toCsv, toJson } from '../model/takeaway.js';
/** @import {Takeaway} from '../model/takeaway.js' */
/** @import {Drawing} from '../charts/picture.js' */

/**
 * @typedef {object} Exported
 * @property {Takeaway} takeaway
 * @property {Omit<Drawing, 'headline'> | null} drawing null while no chart is drawn
 */

const PRINT_SCALE = 2;
const KEEP_MILLIS = 60_000;

/** @type {{ending: string, words: string, make: (what: Exported) => Blob | Promise<Blob>}[]} */
const FORMS = [
  { ending: 'png', words: 'PNG picture', make: (what) => toPng(pictureFrom(what), PRINT_SCALE) },
  { ending: 'svg', words: 'SVG picture', make: (what) => new Blob([pictureFrom(what).svg], { type: 'image/svg+xml' }) },
  { ending: 'csv', words: 'CSV table', make: ({ takeaway }) => new Blob([toCsv(takeaway)], { type: 'text/csv' }) },
  { ending: 'json', words: 'JSON', make: ({ takeaway }) => new Blob([toJson(takeaway)], { type: 'application/json' }) },
];

/** @param {Exported} what */
function pictureFrom({ takeaway, drawing }) {
  if (!drawing) throw new Error('no chart is drawn');
  return pictureOf({ ...drawing, headline: headline(takeaway) });
}

/**
 * Everything is made in the browser: what stands in a chart goes to a file and nowhere else.
 *
 * @param {HTMLElement} button under which it opens
 * @param {() => Exported | null} describe
 */
export function openMenu(button, describe) {
  const items = FORMS.map(({ ending, words, make }) => {
    const item = element('button', { type: 'button', role: 'menuitem', 'data-form': ending, tabindex: '-1' }, words);
    item.addEventListener('click', () => {
      menu.hidePopover();
      save(describe(), ending, make);
    });
    return item;
  });
  const menu = element('div', { class: 'export-menu', role: 'menu', popover: 'auto', 'aria-label': 'save this chart as' }, ...items);
  menu.addEventListener('keydown', (event) => move(event, items));
  menu.addEventListener('toggle', (event) => {
    const open = /** @type {ToggleEvent} */ (event).newState === 'open';
    button.setAttribute('aria-expanded', String(open));
    if (open) return;
    menu.remove();
    button.focus();
  });
  button.after(menu);
  menu.showPopover();
  const { left, bottom, top } = button.getBoundingClientRect();
  const below = bottom + menu.offsetHeight < innerHeight;
  menu.style.left = `${Math.max(0, Math.min(left, innerWidth - menu.offsetWidth - 4))}px`;
  menu.style.top = `${below ? bottom : top - menu.offsetHeight}px`;
  items[0].focus();
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} items */
function move(event, items) {
  // The same keys mean something else to the page.
  event.stopPropagation();
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  /** @type {Record<string, number>} */
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 };
  if (!Object.hasOwn(steps, event.key)) return;
  event.preventDefault();
  items[steps[event.key] % items.length].focus();
}

/** @param {Exported | null} what @param {string} ending @param {(what: Exported) => Blob | Promise<Blob>} make */
async function save(what, ending, make) {
  if (!what) return;
  const place = URL.createObjectURL(await make(what));
  element('a', { href: place, download: fileName(what.takeaway, ending) }).click();
  setTimeout(() => URL.revokeObjectURL(place), KEEP_MILLIS);
}
