// The training room: choose, talk, look at the scorecard.

import { $, Refused, ask, composer, make, show, showFile, showTurns, spoken, t, tell, twice } from "./shared.js";

let view = null;
let working = false;

const talk = composer({ say });
const calmHang = twice($("hang"), () => t(isWritten() ? "call.stop" : "call.hang"), () => t(isWritten() ? "call.stop-sure" : "call.hang-sure"), () =>
  act("hang-up", {}),
);

function isWritten() {
  return view !== null && view.call.channel !== "phone";
}

async function act(name, body) {
  if (working) return false;
  working = true;
  talk.busy(true);
  try {
    paint(name === "call" ? await ask("/api/room/call", undefined, "room.offline") : await ask(`/api/room/${name}`, body, "room.offline"));
    return true;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    tell(error.status === 404 ? t("room.gone") : error.message);
    if (error.status === 404) menu();
    return false;
  } finally {
    working = false;
    talk.busy(false);
  }
}

async function say(text) {
  if (working || view === null || view.over) return;
  talk.clear();
  const chat = $("chat");
  for (const empty of chat.querySelectorAll(".empty")) empty.remove();
  chat.append(spoken(true, text.trim(), true));
  chat.scrollTop = chat.scrollHeight;
  if (!(await act("say", { turn: view.call.turns.length + 1, words: text }))) {
    for (const pending of chat.querySelectorAll(".pending")) pending.remove();
    talk.restore(text);
  }
}

async function menu() {
  const data = await ask("/api/room", undefined, "room.offline");
  view = null;
  show("menu", true);
  show("exam", false);
  show("resume", data.going);
  $("scenarios").replaceChildren(...data.scenarios.map(offer));
  scrollTo(0, 0);
}

function offer(scenario) {
  const item = make("li");
  const button = make("button");
  const stars = "★".repeat(scenario.difficulty) + "☆".repeat(5 - scenario.difficulty);
  button.append(make("b", "", scenario.title), make("small", "", t("room.difficulty", { stars })));
  button.addEventListener("click", () => act("dial", { scenario: scenario.id }));
  item.append(button);
  return item;
}

function paint(data) {
  const fresh = view === null || view.call.key !== data.call.key;
  const ended = data.over && (fresh || !view.over);
  view = data;
  const { call } = data;
  show("menu", false);
  show("exam", true);
  showFile($("file"), { ...call, n: call.key });
  $("call-title").textContent = call.title;
  showTurns($("chat"), call.turns, call.key);
  if (!call.turns.length) $("chat").append(make("p", "empty", t(isWritten() ? "call.first-written" : "call.waiting")));
  show("composer", !data.over);
  show("ended", data.over);
  if (fresh) {
    talk.clear();
    calmHang();
    talk.ready(isWritten());
    scrollTo(0, 0);
  }
  if (ended) grade();
}

async function grade() {
  const verdict = $("verdict");
  verdict.textContent = t("room.grading");
  show("card", false);
  const { passed, total } = await ask("/api/room/grade", {}, "room.offline");
  verdict.textContent = `${t(passed ? "result.pass" : "result.fail")}　${t("room.points", { total })}`;
  verdict.className = passed ? "pass" : "fail";
  $("card").href = "/scorecard";
  show("card", true);
}

$("resume").addEventListener("click", () => act("call"));
$("again").addEventListener("click", () => act("dial", { scenario: view.call.scenario }));
$("other").addEventListener("click", menu);
menu();
