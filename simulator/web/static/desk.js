// The examiner's page: who sits where and how far, and the orders an examiner can give.

import { $, Refused, ask, look, make, show, span, t } from "./shared.js";

const EVERY = 2000;
const AWAY = 15;

let data = null;
const chosen = new Set();

function signedOut(message) {
  data = null;
  show("desk", false);
  show("leave", false);
  show("enter", true);
  $("enter-form").querySelector(".problem").textContent = message || "";
}

async function refresh() {
  try {
    paint(await look("/api/desk"));
  } catch (error) {
    if (error instanceof Refused && error.status === 401) signedOut(data ? error.message : "");
    else if (data) $("updated").textContent = t("desk.stale", { time: data.time });
  }
}

function paint(fresh) {
  data = { ...fresh, time: new Date().toLocaleTimeString(t("lang"), { hour12: false }) };
  show("enter", false);
  show("desk", true);
  show("leave", true);
  $("me").textContent = fresh.name;
  $("updated").textContent = t("desk.updated", data);
  paintRows();
}

function sum(states) {
  return data.rows.filter((row) => states.includes(row.state)).length;
}

function paintRows() {
  const wanted = $("search").value.trim().toLowerCase();
  const fits = (row) => [row.name, row.candidate, row.seat, row.group].some((text) => (text || "").toLowerCase().includes(wanted));
  const rows = data.rows.filter(fits);
  const open = new Set(data.rows.filter(isOpen).map((row) => row.attempt));
  for (const attempt of chosen) if (!open.has(attempt)) chosen.delete(attempt);
  $("sum").textContent = t("desk.sum", {
    sitting: sum(["call", "between", "elsewhere"]),
    paused: sum(["paused"]),
    over: sum(["over", "void"]),
    waiting: sum(["waiting", "lobby"]),
  });
  show("empty", data.rows.length === 0);
  $("rows").replaceChildren(...rows.map(line));
  count();
}

function isOpen(row) {
  return row.attempt && ["call", "between", "paused", "elsewhere"].includes(row.state);
}

function line(row) {
  const tr = make("tr", chosen.has(row.attempt) ? "chosen" : "");
  const pick = make("td");
  if (isOpen(row)) {
    const box = make("input");
    box.type = "checkbox";
    box.checked = chosen.has(row.attempt);
    box.setAttribute("aria-label", row.name);
    box.addEventListener("change", () => {
      if (box.checked) chosen.add(row.attempt);
      else chosen.delete(row.attempt);
      tr.classList.toggle("chosen", box.checked);
      count();
    });
    pick.append(box);
  }
  const name = make("td", "", row.name);
  name.append(make("span", "sub", [row.candidate, row.group].filter(Boolean).join(" · ")));
  if (row.trouble) name.append(make("span", "trouble", row.trouble));
  const state = make("td");
  state.append(make("span", `badge s-${row.state}`, t(`state.${row.state}`)));
  if (row.why) state.append(make("span", "sub", row.why));
  const left = cell(row.left === null || row.left === undefined ? "" : clock(row.left));
  if (row.added) left.append(make("span", "sub", t("desk.plus", { minutes: row.added })));
  const calls = row.calls ? `${row.call}/${row.calls}` : "";
  tr.append(pick, name, cell(row.seat), state, left, cell(calls), cell(row.call_left == null ? "" : clock(row.call_left)));
  tr.append(seen(row), cell(row.breaks || ""), cell(row.exam || ""), receipt(row));
  return tr;
}

function cell(text) {
  return make("td", "", text === undefined ? "" : String(text));
}

function clock(ms) {
  return ms > 0 ? span(ms) : `−${span(-ms)}`;
}

function seen(row) {
  if (!isOpen(row)) return cell("");
  if (row.seen === null || row.seen === undefined) return make("td", "away", t("desk.never"));
  if (row.seen < AWAY) return cell(t("desk.now"));
  const away = row.seen < 60 ? t("desk.ago", { seconds: Math.round(row.seen) }) : t("desk.long-ago", { minutes: Math.floor(row.seen / 60) });
  return make("td", "away", away);
}

function receipt(row) {
  const box = make("td", "hash", row.receipt || "");
  if (row.submitted_by) {
    const by = ["time", "candidate"].includes(row.submitted_by) ? row.submitted_by : "examiner";
    box.append(make("span", "sub", t(`by.${by}`)));
  }
  return box;
}

function count() {
  $("chosen").textContent = t("desk.chosen", { count: chosen.size });
  for (const button of document.querySelectorAll("[data-order]")) {
    button.disabled = button.dataset.order !== "code" && chosen.size === 0;
  }
  const open = data.rows.filter(isOpen);
  $("all").checked = open.length > 0 && open.every((row) => chosen.has(row.attempt));
}

function told(text, bad = false) {
  $("told").textContent = text;
  $("told").classList.toggle("bad", bad);
}

function openOrder(order) {
  const names = data.rows.filter((row) => chosen.has(row.attempt)).map((row) => row.name);
  $("order").dataset.order = order;
  $("order-title").textContent = t(`desk.${order}`);
  $("order-who").textContent = order === "code" ? "" : names.join("、");
  $("order-warn").textContent = order === "collect" ? t("desk.collect-warn") : "";
  for (const label of $("order").querySelectorAll("[data-for]")) {
    label.hidden = !label.dataset.for.split(" ").includes(order);
  }
  $("why").required = order !== "go-on" && order !== "code";
  $("candidate").required = order === "code";
  $("minutes").required = order === "extend";
  $("minutes").disabled = order !== "extend";
  if (order === "code") {
    const one = data.rows.find((row) => chosen.has(row.attempt));
    $("candidate").value = one ? one.candidate : "";
    $("place").value = one ? one.seat : "";
  }
  $("why").value = "";
  $("order").returnValue = "";
  $("order").showModal();
}

async function give(order) {
  try {
    if (order === "code") {
      const { done } = await look("/api/desk/code", { candidate: $("candidate").value, seat: $("place").value });
      told(t("desk.new-code", done));
      $("told").append(make("div", "newcode", done.code));
    } else {
      const body = { attempts: [...chosen], why: $("why").value };
      if (order === "extend") body.minutes = Number($("minutes").value);
      const { done } = await look(`/api/desk/${order}`, body);
      const failed = done.filter((item) => item.error);
      const lines = [t("desk.done", { count: done.length - failed.length }), ...failed.map((item) => `${item.attempt}：${item.error}`)];
      told(lines.join("\n"), failed.length > 0);
    }
  } catch (error) {
    if (error instanceof Refused && error.status === 401) return signedOut(error.message);
    told(error instanceof Refused ? error.message : t("desk.unsure"), true);
  }
  return refresh();
}

for (const button of document.querySelectorAll("[data-order]")) {
  button.addEventListener("click", () => openOrder(button.dataset.order));
}
$("order").querySelector("[value=no]").addEventListener("click", () => $("order").close("no"));
$("order").addEventListener("close", () => $("order").returnValue === "yes" && give($("order").dataset.order));
$("all").addEventListener("change", () => {
  for (const row of data.rows.filter(isOpen)) {
    if ($("all").checked) chosen.add(row.attempt);
    else chosen.delete(row.attempt);
  }
  paintRows();
});
$("search").addEventListener("input", () => data && paintRows());
$("leave").addEventListener("click", async () => {
  try {
    await ask("/api/desk/leave", {});
  } finally {
    signedOut("");
  }
});
$("enter-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector(".problem");
  problem.textContent = t("enter.busy");
  try {
    await ask("/api/desk/enter", { id: form.elements.id.value, secret: form.elements.secret.value });
    problem.textContent = "";
    form.reset();
    await refresh();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problem.textContent = error.message;
  }
});

setInterval(() => data && refresh(), EVERY);
refresh();
