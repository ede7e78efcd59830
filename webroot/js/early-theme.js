// @ts-check
// A classic script, so that a remembered theme is there before the first paint. Storage may be forbidden.
try {
  document.documentElement.dataset.theme = localStorage.getItem('qstat-mesh-theme') ?? 'auto';
} catch {
  document.documentElement.dataset.theme = 'auto';
}
