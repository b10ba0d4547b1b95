// Comfort for the tester page, which works without it: a filter for the list of operations, buttons that copy, keys, and a
// sign that a request is on its way. It loads nothing, and sends nothing by itself.
"use strict";

// Filters the list of operations by what is typed.
function addFilter(list) {
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "Filter, or press /";
  input.setAttribute("aria-label", "Filter the operations");
  list.querySelector("h2").after(input);
  input.addEventListener("input", () => {
    const wanted = input.value.trim().toLowerCase();
    for (const section of list.querySelectorAll("section")) {
      let shown = 0;
      for (const item of section.querySelectorAll("li")) {
        item.hidden = !item.textContent.toLowerCase().includes(wanted);
        shown += item.hidden ? 0 : 1;
      }
      section.hidden = shown === 0;
    }
  });
  // Enter opens the first operation that is shown.
  input.addEventListener("keydown", (event) => {
    const first = list.querySelector("section:not([hidden]) li:not([hidden]) a");
    if (event.key === "Enter" && first) first.click();
  });
  return input;
}

// Copies the text of a snippet. Without the clipboard, the text is selected instead.
async function copy(button) {
  const text = button.closest(".snippet").querySelector("pre");
  try {
    await navigator.clipboard.writeText(text.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(text);
    button.textContent = "Selected";
  }
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
}

// Shows that a request is on its way, and prevents a second click.
function showSending(form) {
  const button = form.querySelector("button.primary");
  const status = document.createElement("span");
  status.setAttribute("role", "status");
  status.className = "hint";
  button.after(status);
  form.addEventListener("submit", () => {
    status.textContent = "Sending…";
    // Later: a disabled button would not be part of the form that is sent.
    setTimeout(() => { button.disabled = true; });
  });
  // The page may be shown again from the browser's memory.
  addEventListener("pageshow", () => {
    button.disabled = false;
    status.textContent = "";
  });
}

const operations = document.querySelector(".operations");
const filter = operations && addFilter(operations);

for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

for (const form of document.querySelectorAll("form[data-send]")) {
  showSending(form);
}

for (const hint of document.querySelectorAll("[data-keys]")) {
  hint.textContent = "Ctrl+Enter";
}

document.addEventListener("keydown", (event) => {
  const isTyping = /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
  const form = document.querySelector("form.request");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && form) {
    form.requestSubmit();
  } else if (event.key === "/" && !isTyping && filter) {
    event.preventDefault();
    filter.focus();
  }
});

// What is wrong is read out first. A button leads from a problem to its line in the body.
const problems = document.querySelector("#problems");
const body = document.querySelector("textarea#body");

function selectLine(number) {
  const lines = body.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  body.focus();
  body.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
}

for (const item of problems?.querySelectorAll("li") ?? []) {
  const line = item.textContent.match(/^Body, line (\d+):/);
  if (!line || !body) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = `Go to line ${line[1]}`;
  button.addEventListener("click", () => selectLine(Number(line[1])));
  item.append(" ", button);
}
problems?.focus();
