// For the page that contains a frame of this sandbox: resizes the frame to fit its content.
// The service has a script of its own at this address. This one does the same for the sandbox's pages only.
(() => {
  const origin = new URL(document.currentScript.src).origin;
  addEventListener("message", (event) => {
    const frame = document.getElementById("SpektrixIFrame");
    const height = event.data && event.data.sandboxFrameHeight;
    // Any page can send messages, so only those of this frame and of this origin count.
    const isFromFrame = frame && event.source === frame.contentWindow && event.origin === origin;
    if (isFromFrame && Number.isFinite(height)) {
      frame.style.height = `${Math.ceil(height)}px`;
    }
  });
})();
