// A basket: big minus and plus, taps on tiles, the running total, change, keys. The server computes what counts.
(() => {
  const format = new Intl.NumberFormat(document.documentElement.lang === "en" ? "en" : "id-ID");
  const written = (form, amount) => form.dataset.zero.replace("0", format.format(amount));
  const digits = (text) => Number(text.replace(/\D/g, "")) * (/\d\s*(rb|ribu|k)\b/i.test(text) ? 1000 : 1);

  function count(form) {
    const price = form.querySelector("[data-kind=reseller]") ? "reseller" : "price";
    let sum = 0;
    for (const input of form.querySelectorAll("input[data-price]")) sum += (parseInt(input.value, 10) || 0) * Number(input.dataset[price]);
    const value = (name) => digits(form.querySelector(`[name=${name}]`)?.value || "");
    const goods = sum;
    const fee = value("delivery_fee");
    const off = (which) => [...form.querySelectorAll(`[data-off]${which}:is(:checked, [data-taken])`)].reduce((all, one) => all + Number(one.dataset.off), 0);
    // goods and delivery are two purses: what is off the one makes the other no cheaper
    sum = Math.max(0, goods - value("discount") - off(":not([data-of])")) + Math.max(0, fee - off("[data-of=delivery]"));
    const basket = JSON.stringify([...form.querySelectorAll("input[data-price], [name=customer], [name=delivery_fee]")].map((field) => field.value));
    if (form.dataset.counted && form.dataset.counted !== basket) form.dispatchEvent(new CustomEvent("basket:changed"));
    form.dataset.counted = basket;
    for (const output of form.querySelectorAll("[data-total]")) output.textContent = goods ? written(form, Math.max(0, sum)) : "–";
    const change = form.querySelector("[data-change]");
    if (change) {
      const back = value("received") - sum;
      change.hidden = !(sum && back > 0);
      change.querySelector("output").textContent = written(form, Math.max(0, back));
    }
  }

  function add(input, step) {
    const next = Math.max(0, (parseInt(input.value, 10) || 0) + step);
    input.value = next || "";
    count(input.form);
  }

  function press(group) {
    const field = document.querySelector(group.dataset.fill);
    for (const chip of group.querySelectorAll("[data-value]")) chip.setAttribute("aria-pressed", chip.dataset.value === field.value);
  }

  document.addEventListener("click", (event) => {
    const step = event.target.closest("[data-step]");
    if (step) return add(step.parentElement.querySelector("input"), Number(step.dataset.step));
    const hint = event.target.closest("[data-add]");
    if (hint) {
      const field = document.querySelector(hint.dataset.add);
      if (field) add(field, 1);
      return;
    }
    const tap = event.target.closest("[data-tap]");
    if (tap) {
      event.preventDefault();
      return add(tap.control, 1);
    }
    const chip = event.target.closest("[data-fill] [data-value]");
    if (chip) {
      const group = chip.closest("[data-fill]");
      document.querySelector(group.dataset.fill).value = chip.dataset.value;
      press(group);
      if (chip.closest("[data-basket]")) count(chip.closest("[data-basket]"));
    }
  });
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("[data-basket]");
    if (!form) return;
    count(form);
    form.querySelectorAll("[data-fill]").forEach(press);
  });
  document.addEventListener("keydown", (event) => {
    const form = event.target.closest?.("[data-basket]") || document.querySelector("[data-keys]");
    if (!form || event.altKey || event.ctrlKey || event.metaKey) return;
    const field = event.target.matches("input, textarea, select");
    if (event.key === "Enter" && event.target.name === "who") {
      // the first one found, not the whole form
      event.preventDefault();
      form.querySelector("#found-people button")?.click();
    } else if (event.key === "Enter" && event.target.matches("input[data-price]")) {
      event.preventDefault();
      form.querySelector(".basketbar .btn")?.focus();
    } else if (!field && form.hasAttribute("data-keys") && event.key >= "1" && event.key <= "9") {
      const input = form.querySelectorAll("input[data-price]")[event.key - 1];
      if (input) add(input, 1);
    }
  });
  const all = () => {
    document.querySelectorAll("[data-basket]").forEach(count);
    document.querySelectorAll("[data-fill]").forEach(press);
  };
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("htmx:afterSwap", all);
})();
