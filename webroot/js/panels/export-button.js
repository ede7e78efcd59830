// @ts-check
import { element } from '../element.js';
/** @import {Exported} from '../exports/menu.js' */

/**
 * Opens the menu of what a chart can be saved as.
 *
 * @param {() => Exported | null} describe what is to be saved, asked when it is; null while there is nothing
 */
export function exportButton(describe) {
  const label = 'save this chart';
  const button = element('button', { type: 'button', class: 'export-button', 'aria-haspopup': 'menu', 'aria-label': label, title: label }, '⤓');
  button.addEventListener('click', async () => {
    const menu = await import('../exports/menu.js').catch(() => null);
    button.title = menu ? label : 'cannot be saved while the server does not answer';
    menu?.openMenu(button, describe);
  });
  return button;
}
