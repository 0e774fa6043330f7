// Hand a picture to the phone's own share sheet, where there is one.
(() => {
  const able = () => navigator.canShare?.({ files: [new File([""], "a.png", { type: "image/png" })] });
  const all = () => document.querySelectorAll("[data-share-file]").forEach((button) => { button.hidden = !able(); });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-share-file]");
    if (!button) return;
    const answer = await fetch(button.dataset.shareFile);
    const body = await answer.blob();
    const name = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") || "")?.[1] || "prices.png";
    navigator.share({ files: [new File([body], name, { type: body.type })] }).catch(() => {});
  });
  document.addEventListener("DOMContentLoaded", all);
})();
