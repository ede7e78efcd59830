// @ts-check
import { formatCount } from './model/numbers.js';

/**
 * Builds an element. Text goes in as text nodes only, so that nothing a user chose is ever read as markup.
 *
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | boolean | null | undefined>} [attributes] true sets an empty attribute; false, null, undefined none
 * @param {...(Node | string)} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value != null) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children);
  return node;
}

/** A place for one value, found by its name. @param {string} name @param {string} [className] */
export function field(name, className) {
  return element('span', { 'data-field': name, class: className });
}

/** @param {Element} node @param {string} text */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** @param {Element} node @param {string} name @param {string | null} value null takes it away */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) === value) return;
  if (value === null) node.removeAttribute(name);
  else node.setAttribute(name, value);
}

/** Tells the style how many characters there are, so that a long number is written smaller. @param {HTMLElement} node @param {Element} [text] where they stand, if not in the node */
export function measureText(node, text = node) {
  const length = String(text.textContent?.length ?? 0);
  if (node.style.getPropertyValue('--characters') !== length) node.style.setProperty('--characters', length);
}

const still = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');

/**
 * Shows a number and keeps the raw one.
 *
 * @param {HTMLElement} node
 * @param {number | null | undefined} value
 * @param {boolean} [fade] whether a changed number fades in
 */
export function setNumber(node, value, fade = false) {
  const raw = typeof value === 'number' ? String(value) : null;
  const text = formatCount(value);
  if (node.textContent === text && node.getAttribute('data-value') === raw) return;
  setAttribute(node, 'data-value', raw);
  setText(node, text);
  if (fade && !still?.matches) node.animate([{ opacity: 0.2 }, { opacity: 1 }], 200);
}
