// Read a QRIS code from a photo, where the phone's browser can.
(() => {
  document.addEventListener("DOMContentLoaded", () => {
    for (const box of document.querySelectorAll("[data-qr-read]")) {
      if (!("BarcodeDetector" in window)) continue;
      box.hidden = false;
      const said = box.querySelector("[data-none]");
      box.querySelector("input").addEventListener("change", async (event) => {
        said.textContent = "";
        try {
          const [code] = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(event.target.files[0]));
          if (code) document.querySelector(box.dataset.qrRead).value = code.rawValue;
          else said.textContent = said.dataset.none;
        } catch { said.textContent = said.dataset.none; }
      });
    }
  });
})();
