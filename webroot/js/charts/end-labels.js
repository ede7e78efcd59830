// @ts-check
import { element } from '../element.js';

const LINE_PIXELS = 13;

/**
 * Names at the right end of the bands, where there is room for a line of text; the others are in the legend.
 *
 * @param {HTMLElement} container
 * @param {{text: string, className: string, y: number, room: number}[]} labels `room` is the height of the band
 * @param {number} left pixels
 */
export function showEndLabels(container, labels, left) {
  const fitting = labels.filter(({ room }) => room >= LINE_PIXELS);
  container.replaceChildren(
    ...fitting.map(({ text, className, y }) => {
      const label = element('span', { class: `end-label ${className}` }, text);
      label.style.top = `${y}px`;
      label.style.left = `${left}px`;
      return label;
    }),
  );
}
