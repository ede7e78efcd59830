// What a name became that was read as something else than text. Before any script of the page.
(() => {
  const pristine = Object.getOwnPropertyNames(Object.prototype).sort().join();
  let executed = [];
  globalThis.__xss = (number) => executed.push(String(number));
  const FOREIGN = 'img, image, iframe, frame, object, embed, applet, base, math, video, audio, source, marquee, details:not([class]), style, meta[http-equiv], animate, foreignObject, use, portal, template, isindex, keygen, listing, xmp, [background], [formaction], [srcdoc], [is]';
  const SCHEMES = /^[\s\u0000-\u001f]*(javascript|data|vbscript):/i;
  const isOdd = ({ name, value }) => /^on|^formaction$|^ping$/i.test(name) || (/^(href|xlink:href|src|action|data|values|to|from)$/i.test(name) && (SCHEMES.test(value) || (value.includes('evil.invalid') && !value.startsWith('#')))) || (name === 'style' && value.includes('evil.invalid'));
  globalThis.__found = () => {
    const found = executed.map((number) => `executed ${number}`);
    for (const node of document.querySelectorAll(FOREIGN)) found.push(`element ${node.outerHTML.slice(0, 200)}`);
    for (const node of document.querySelectorAll('script')) if (!/^js\/(early-theme|main)\.js$|^lib\/|^\.?\/?(lib|js)\//.test(node.getAttribute('src') ?? '')) found.push(`script ${node.outerHTML.slice(0, 200)}`);
    for (const node of document.querySelectorAll('*')) for (const attribute of node.attributes) if (isOdd(attribute)) found.push(`attribute ${attribute.name}=${attribute.value.slice(0, 200)}`);
    if (Object.getOwnPropertyNames(Object.prototype).sort().join() !== pristine || ({}).polluted !== undefined) found.push('prototype changed');
    executed = [];
    return found;
  };
})();
