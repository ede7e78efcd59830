// @ts-check
// A classic script, so that a remembered theme, and what the address says of the page's form, are there before the first paint.
{
  const { dataset } = document.documentElement;
  const asked = new URLSearchParams(location.search);
  // Storage may be forbidden.
  try {
    dataset.theme = localStorage.getItem('qstat-mesh-theme') ?? 'auto';
  } catch {
    dataset.theme = 'auto';
  }
  const said = asked.get('kiosk') || asked.get('theme') || '';
  if (['auto', 'light', 'dark'].includes(said)) dataset.theme = said;
  if (asked.has('kiosk')) dataset.form = 'kiosk';
  // The server lets other sites frame only this form.
  if (asked.has('row')) dataset.form = 'row';
}
