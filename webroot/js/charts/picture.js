// @ts-check
/**
 * A drawn chart as a picture that looks the same where there is no style sheet: what the sheets say of each shape is written into
 * it, in the colours of the light theme. The library's own export is not used: it would leave out the names, which are not in the
 * library's drawing, and where the page's policy forbids a picture from a blob it fetches a script from its makers' server.
 */
const SVG = 'http://www.w3.org/2000/svg';

/** What a sheet may say of a shape that SVG has an attribute for, and what it is where nothing is said. @type {Record<string, string>} */
const SAID = {
  fill: '',
  'fill-opacity': '1',
  stroke: 'none',
  'stroke-width': '1px',
  'stroke-opacity': '1',
  'stroke-dasharray': 'none',
  'stroke-linejoin': 'miter',
  opacity: '1',
};
const OF_TEXT = ['font-family', 'font-size', 'font-weight', 'text-anchor'];
const REFERENCE = /url\("?[^#"]*#([\w-]+)"?\)/;
const LINE = 16;
const MARGIN = 12;
const HEAD = 26;
const LEGEND = 210;

/**
 * @typedef {object} Drawing
 * @property {string} headline
 * @property {SVGSVGElement} chart as it stands on the page
 * @property {{text: string, x: number, y: number}[]} labels beside the chart's shapes, in its pixels
 * @property {{text: string, className: string, value: string}[]} legend
 * @property {string[]} centre lines in the middle
 */

/** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} children */
function shape(name, attributes, ...children) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, String(value));
  node.append(...children);
  return node;
}

/** @param {Drawing} drawing @returns {{svg: string, width: number, height: number}} */
export function pictureOf({ headline, chart, labels, legend, centre }) {
  const chartWidth = Number(chart.getAttribute('width'));
  const chartHeight = Number(chart.getAttribute('height'));
  const width = Math.max(chartWidth + LEGEND, headline.length * 8) + 2 * MARGIN;
  const height = HEAD + Math.max(chartHeight, legend.length * LINE) + 2 * MARGIN;
  const inner = /** @type {SVGSVGElement} */ (chart.cloneNode(true));
  inner.setAttribute('x', String(MARGIN));
  inner.setAttribute('y', String(MARGIN + HEAD));
  const [left, top] = [MARGIN, MARGIN + HEAD];
  const middle = top + chartHeight / 2 - ((centre.length - 1) * LINE) / 2 + 4;
  const picture = /** @type {SVGSVGElement} */ (
    shape(
      'svg',
      { xmlns: SVG, width, height, viewBox: `0 0 ${width} ${height}`, role: 'img' },
      shape('title', {}, headline),
      shape('rect', { width, height, class: 'picture-ground' }),
      shape('text', { x: MARGIN, y: MARGIN + 14, class: 'picture-head' }, headline),
      inner,
      ...labels.map(({ text, x, y }) => shape('text', { x: left + x, y: top + y + 4, class: 'picture-text' }, text)),
      ...centre.map((text, i) => shape('text', { x: left + chartWidth / 2, y: middle + i * LINE, class: 'picture-text picture-centre' }, text)),
      ...legend.flatMap(({ text, className, value }, i) => legendLine(text, className, value, left + chartWidth + 20, top + i * LINE)),
    )
  );
  return { svg: new XMLSerializer().serializeToString(settled(picture)), width, height };
}

/** @param {string} text @param {string} className @param {string} value @param {number} x @param {number} y */
function legendLine(text, className, value, x, y) {
  return [
    shape('rect', { x, y: y + 2, width: 10, height: 10, class: `highcharts-point ${className}` }),
    shape('text', { x: x + 16, y: y + 11, class: 'picture-text' }, text),
    shape('text', { x: x + LEGEND - 30, y: y + 11, class: 'picture-text picture-value' }, value),
  ];
}

/** Writes into each shape what the sheets say of it in the light. @param {SVGSVGElement} picture */
function settled(picture) {
  const light = document.createElement('div');
  light.className = 'picture-light';
  light.dataset.theme = 'light';
  light.append(picture);
  document.body.append(light);
  try {
    const patterns = new Set([...picture.querySelectorAll('*')].map((node) => getComputedStyle(node).fill.match(REFERENCE)?.[1]));
    const defs = shape('defs', {});
    for (const id of patterns) if (id) defs.append(document.getElementById(id)?.cloneNode(true) ?? '');
    picture.prepend(defs);
    // All is read before anything is written: one pass of styles for the whole picture.
    const nodes = [...picture.querySelectorAll('*')].filter((node) => !node.closest('clipPath, title'));
    const said = nodes.map(saidOf);
    nodes.forEach((node, i) => write(node, said[i]));
  } finally {
    light.remove();
  }
  return picture;
}

/** @param {Element} node @returns {[string, string][] | null} null where it is not shown */
function saidOf(node) {
  const style = getComputedStyle(node);
  if (style.display === 'none' || style.visibility === 'hidden') return null;
  const isText = node instanceof SVGTextContentElement;
  if (!(node instanceof SVGGeometryElement) && !isText) return style.opacity === '1' ? [] : [['opacity', style.opacity]];
  const names = isText ? ['fill', ...OF_TEXT] : Object.keys(SAID);
  return names.map((name) => [name, style.getPropertyValue(name)]).filter(([name, value]) => value !== SAID[name]).map(inside);
}

/** What refers to the page's patterns refers to the picture's own. @param {string[]} said @returns {[string, string]} */
function inside([name, value]) {
  const id = value.match(REFERENCE)?.[1];
  return [name, id ? `url(#${id})` : value];
}

/** @param {Element} node @param {[string, string][] | null} said */
function write(node, said) {
  if (said === null) return node.remove();
  for (const name of ['class', 'style', 'aria-hidden', 'tabindex']) node.removeAttribute(name);
  for (const [name, value] of said) node.setAttribute(name, value);
}

/**
 * @param {{svg: string, width: number, height: number}} picture
 * @param {number} scale pixels for each of the picture's
 * @returns {Promise<Blob>} PNG
 */
export async function toPng({ svg, width, height }, scale) {
  const image = new Image();
  // A blob would need a wider policy.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * scale;
  canvas.height = height * scale;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'));
}
