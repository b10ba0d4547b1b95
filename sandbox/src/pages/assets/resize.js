// For a page within a frame: reports its height to the page that contains the frame, now and when it changes.
(() => {
  const root = document.documentElement;
  // The height is not secret, and the origin of the website is not known here.
  const report = () => parent.postMessage({ sandboxFrameHeight: root.getBoundingClientRect().height }, "*");
  new ResizeObserver(report).observe(root);
})();
