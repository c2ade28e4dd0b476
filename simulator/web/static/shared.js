// What all pages share: texts, asking the server until it answers, the conversation, the clock. Text is only ever set
// as text, never as markup.

const words = JSON.parse(document.getElementById("words").textContent);

export function t(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

export const $ = (id) => document.getElementById(id);

export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

export function show(id, visible) {
  $(id).hidden = !visible;
}

export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const asked = new URLSearchParams(location.search).get("lang");
const TONGUE = asked ? `?lang=${encodeURIComponent(asked)}` : "";
const PATIENCE = 10000;
const AGAIN = [400, 800, 1500, 3000];
let troubled = false;

function banner(text, good = false) {
  const box = $("banner");
  box.textContent = text;
  box.classList.toggle("good", good);
  box.hidden = !text;
}

function trouble(text) {
  troubled = true;
  banner(text);
}

function wellAgain() {
  if (!troubled) return;
  troubled = false;
  banner(t("back-online"), true);
  setTimeout(() => troubled || banner(""), 3000);
}

export function tell(text) {
  if (troubled) return;
  banner(text, true);
  setTimeout(() => troubled || banner(""), 6000);
}

async function once(path, body) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const options = { signal: stop.signal, headers: { Accept: "application/json" }, cache: "no-store" };
    if (body !== undefined) {
      options.method = "POST";
      options.headers["Content-Type"] = "application/json";
      options.body = JSON.stringify(body);
    }
    const answer = await fetch(path + TONGUE, options);
    return [answer.status, await answer.json()];
  } finally {
    clearTimeout(timer);
  }
}

// Asks until there is an answer. Every request may be made twice: the server knows what it has already done.
export async function ask(path, body, offline = "offline") {
  for (let tries = 0; ; tries += 1) {
    try {
      const [status, data] = await once(path, body);
      if (status < 300) {
        wellAgain();
        return data;
      }
      if (status !== 503 && status !== 429) {
        wellAgain();
        throw new Refused(status, data.error);
      }
      trouble(status === 503 ? data.error : t("busy"));
    } catch (error) {
      if (error instanceof Refused) throw error;
      trouble(t(offline));
    }
    await new Promise((done) => setTimeout(done, AGAIN[Math.min(tries, AGAIN.length - 1)]));
  }
}

// One try: for looking on, since the next look comes soon anyway, and for orders, which given twice would count twice.
export async function look(path, body) {
  const [status, data] = await once(path, body);
  if (status >= 300) throw new Refused(status, data.error);
  return data;
}

export function spoken(mine, text, pending = false) {
  const turn = make("div", `turn${mine ? " mine" : ""}${pending ? " pending" : ""}`);
  turn.append(make("span", "by", mine ? t("call.you") : t("call.they")));
  const said = make("div", "text");
  if (text) said.textContent = text;
  else said.append(make("span", "silent", t("call.silent")));
  turn.append(said);
  return turn;
}

// Adds what is new at the end; what stands there stays as it is, so that a screen reader hears only the new turns.
export function showTurns(box, turns, call) {
  for (const pending of box.querySelectorAll(".pending, .empty")) pending.remove();
  if (box.dataset.call !== String(call) || box.childElementCount > turns.length) box.replaceChildren();
  box.dataset.call = call;
  for (const turn of turns.slice(box.childElementCount)) box.append(spoken(turn.who === "collector", turn.text));
  box.scrollTop = box.scrollHeight;
}

export function showFile(box, call) {
  const wide = matchMedia("(min-width: 52.01rem)").matches;
  const key = `${call.n}|${call.title}|${wide || call.begun}`;
  if (box.dataset.call === key) return;
  box.dataset.call = key;
  const whole = make("details");
  whole.open = wide || !call.begun; // on a phone it gives way to the conversation
  whole.append(make("summary", "", `${t("call.file")} · ${call.title}`), make("p", "brief", call.brief));
  for (const section of call.case) {
    whole.append(make("h3", "", section.title));
    const list = make("dl");
    for (const [label, value] of section.rows) {
      if (label) list.append(make("dt", "", label), make("dd", "", value));
      else list.append(make("dd", "wide", value));
    }
    whole.append(list);
  }
  box.replaceChildren(whole);
}

// A button that acts only when it is pressed twice within some seconds.
export function twice(button, plain, sure, act) {
  let timer = 0;
  const calm = () => {
    clearTimeout(timer);
    timer = 0;
    button.textContent = plain();
    button.classList.remove("sure");
  };
  button.addEventListener("click", () => {
    if (timer) {
      calm();
      act();
      return;
    }
    button.textContent = sure();
    button.classList.add("sure");
    timer = setTimeout(calm, 5000);
  });
  calm();
  return calm;
}

export function span(ms) {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const two = (value) => String(value).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

// The box in which a turn is written: Enter says it, but never while an input method is composing.
export function composer({ say, most = 1000 }) {
  const box = $("words-box");
  const count = () => {
    $("count").textContent = box.value.length > most * 0.6 ? t("call.count", { count: box.value.length, most }) : "";
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight + 4, 180)}px`;
  };
  const send = () => {
    if (box.value.trim()) say(box.value);
  };
  box.maxLength = most;
  box.addEventListener("input", count);
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  });
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  $("silence").addEventListener("click", () => say(""));
  return {
    busy(is) {
      for (const id of ["send", "silence", "hang"]) $(id).disabled = is;
    },
    clear() {
      box.value = "";
      count();
    },
    restore(text) {
      if (!box.value) box.value = text;
      count();
    },
    ready(written) {
      box.placeholder = t(written ? "call.write" : "call.say");
      box.setAttribute("aria-label", box.placeholder);
      $("send").textContent = t(written ? "call.post" : "call.send");
      box.focus({ preventScroll: true });
    },
    problem(text) {
      $("composer").querySelector(".problem").textContent = text;
    },
  };
}
