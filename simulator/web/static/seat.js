// The candidate's page: signing in, choosing the exam, the calls one after another, the notes, handing in.

import { $, Refused, ask, composer, look, make, show, showFile, showTurns, span, spoken, t, tell, twice } from "./shared.js";

const EVERY = 5000;
const SOON = 5 * 60 * 1000;

let view = null;
let asked = 0; // counts what was asked, so that an answer overtaken by a later one is dropped
let working = false;
let deadlines = { exam: null, call: null };

const SECTIONS = ["enter", "lobby", "exam", "paused", "over"];
const talk = composer({ say });
const calmHang = twice(
  $("hang"),
  () => t(isWritten() ? "call.stop" : "call.hang"),
  () => t(isWritten() ? "call.stop-sure" : "call.hang-sure"),
  () => act("hang-up", { call: view.call.n }),
);

function isWritten() {
  return view !== null && view.call !== undefined && view.call.channel !== "phone";
}

function only(section) {
  for (const id of SECTIONS) show(id, id === section);
}

function signedOut(message) {
  view = null;
  deadlines = { exam: null, call: null };
  show("clock", false);
  show("hand-in", false);
  $("who").textContent = "";
  only("enter");
  $("enter-form").querySelector(".problem").textContent = message || "";
}

async function refresh(quiet = true) {
  if (working) return;
  const mine = ++asked;
  try {
    const data = quiet && view ? await look("/api/seat") : await ask("/api/seat");
    if (mine === asked && !working) paint(data);
  } catch (error) {
    if (mine !== asked || working) return;
    if (error instanceof Refused && error.status === 401) signedOut(view ? error.message : "");
  }
}

// One act after another; the answer is the whole page.
async function act(name, body, problem) {
  if (working) return false;
  working = true;
  asked += 1;
  talk.busy(true);
  try {
    const data = await ask(`/api/seat/${name}`, body);
    working = false;
    talk.busy(false);
    paint(data);
    return true;
  } catch (error) {
    working = false;
    talk.busy(false);
    if (!(error instanceof Refused)) throw error;
    if (error.status === 401) signedOut(error.message);
    else {
      (problem || ((text) => tell(text)))(error.message);
      refresh();
    }
    return false;
  }
}

async function say(text) {
  if (working || view === null || view.phase !== "call") return;
  talk.problem("");
  talk.clear();
  const chat = $("chat");
  for (const empty of chat.querySelectorAll(".empty")) empty.remove();
  chat.append(spoken(true, text.trim(), true));
  chat.scrollTop = chat.scrollHeight;
  const turn = view.call.turns.length + 1;
  const done = await act("say", { call: view.call.n, turn, words: text }, talk.problem);
  if (!done) {
    for (const pending of chat.querySelectorAll(".pending")) pending.remove();
    talk.restore(text);
  }
}

function paint(data) {
  const before = view;
  view = data;
  $("hall").textContent = data.hall;
  const seat = data.seat ? ` · ${t("hall.seat", { seat: data.seat })}` : "";
  $("who").textContent = `${data.name}（${data.id}）${seat}`;
  if (data.phase === "lobby") paintLobby(data);
  else {
    if (before && before.added !== undefined && data.added > before.added) {
      tell(t("added", { minutes: data.added - before.added }));
    }
    paintExam(before, data);
  }
}

function paintLobby(data) {
  only("lobby");
  $("hello").textContent = t("lobby.title", { name: data.name });
  $("my-seat").textContent = data.seat ? t("hall.seat", { seat: data.seat }) : "";
  const key = JSON.stringify(data.exams);
  if ($("exams").dataset.key === key) return;
  $("exams").dataset.key = key;
  $("exams").replaceChildren(...(data.exams.length ? data.exams.map(offer) : [make("p", "", t("lobby.none"))]));
}

function offer(exam) {
  const box = make("div", "offer");
  box.append(make("h2", "", exam.title), make("p", "", exam.about));
  const kind = exam.practice ? ` · ${t("lobby.practice")}` : "";
  box.append(make("p", "soft", t("lobby.exam", exam) + kind));
  if (exam.refused) box.append(make("p", "problem", exam.refused));
  else {
    const button = make("button", "main");
    twice(button, () => t("lobby.start"), () => t("lobby.sure"), () =>
      act("start", { exam: exam.id }, (text) => ($("lobby-problem").textContent = text)),
    );
    box.append(button);
  }
  return box;
}

function paintExam(before, data) {
  const { phase, call } = data;
  const now = performance.now();
  const running = phase === "call" || phase === "ready" || phase === "done";
  deadlines = {
    exam: running ? now + data.left.exam : null,
    call: running && data.left.call !== null ? now + data.left.call : null,
    standing: phase === "paused" ? data.left.exam : null,
  };
  show("clock", phase !== "over");
  show("hand-in", phase === "call" || phase === "ready");
  tick();
  if (phase === "paused") {
    only("paused");
    $("pause-why").textContent = data.stop ? t("paused.why", { why: data.stop }) : "";
    return;
  }
  if (phase === "over") {
    paintOver(data);
    return;
  }
  only("exam");
  show("file", phase !== "done");
  if (phase !== "done") showFile($("file"), call);
  show("call", phase === "call");
  show("next", phase === "ready");
  show("done", phase === "done");
  paintNote(data);
  if (phase === "call") paintCall(before, data);
  if (phase === "ready") {
    $("next-title").textContent = `${t("call.of", call)} · ${call.title}`;
    $("next-limit").textContent = t("call.limit", call);
    const first = call.n === 1 ? "call.begin" : "call.begin-next";
    $("begin").textContent = t(call.channel === "phone" ? first : "call.begin-written");
  }
  if (phase === "done") $("done-help").textContent = t(call.ended && call.n === call.of ? "done.help" : "done.late");
}

function paintCall(before, data) {
  const { call } = data;
  $("call-title").textContent = t("call.of", call);
  showTurns($("chat"), call.turns, call.n);
  if (!call.turns.length) $("chat").append(make("p", "empty", t(isWritten() ? "call.first-written" : "call.waiting")));
  const entered = !before || before.phase !== "call" || !before.call || before.call.n !== call.n;
  if (entered) {
    calmHang();
    talk.problem("");
    talk.ready(isWritten());
  }
}

function paintNote(data) {
  show("note", data.phase !== "call" && data.note !== null);
  if (data.note === null || data.phase === "call") return;
  const { note } = data;
  const box = $("note-text");
  $("note-title").textContent = t("note.title", { n: note.call });
  $("note-ended").textContent = t(`ended.${note.ended_by}`);
  if (box.dataset.call !== String(note.call)) {
    box.dataset.call = note.call;
    box.value = note.text;
    showTurns($("note-turns"), note.turns, note.call);
  }
  box.dataset.kept = note.text;
  noteState();
}

function noteState() {
  const box = $("note-text");
  const kept = box.value.trim() === (box.dataset.kept || "").trim();
  $("note-save").disabled = kept;
  $("note-state").textContent = kept ? (box.dataset.kept ? t("note.saved") : "") : t("note.unsaved");
}

// A note that was written but not kept is kept before anything that would end the chance.
async function keepNote() {
  const box = $("note-text");
  if ($("note").hidden || box.value.trim() === (box.dataset.kept || "").trim()) return true;
  return act("note", { call: Number(box.dataset.call), text: box.value });
}

function paintOver(data) {
  only("over");
  const by = data.submitted_by;
  $("over-by").textContent = by === "candidate" ? "" : t(by === "time" ? "over.time" : "over.examiner");
  $("receipt").textContent = data.receipt;
  const box = $("result");
  if (!data.result) {
    box.replaceChildren(make("p", "soft", t(data.shows === "nothing" ? "over.later" : "over.wait")));
    return;
  }
  const { result } = data;
  const lines = [make("p", result.passed ? "pass" : "fail", t(result.passed ? "result.pass" : "result.fail"))];
  lines[0].append(`　${t("result.points", result)}`);
  for (const part of result.parts) {
    lines.push(make("p", "", `${part.passed ? "✓" : "✗"} ${part.title}　${t("result.points", part)}`));
  }
  for (const reason of result.reasons) lines.push(make("p", "soft", reason));
  for (const n of result.scorecards) {
    const link = make("a", "", t("result.card", { n }));
    Object.assign(link, { href: `/seat/scorecard/${n}`, target: "_blank", rel: "noopener" });
    lines.push(make("p", ""));
    lines.at(-1).append(link);
  }
  box.replaceChildren(...lines);
}

function tick() {
  const exam = deadlines.standing ?? (deadlines.exam === null ? null : deadlines.exam - performance.now());
  if (exam !== null) paintTime($("left-exam"), exam);
  if (deadlines.call !== null) paintTime($("left-call"), deadlines.call - performance.now());
}

function paintTime(box, ms) {
  box.textContent = ms > 0 ? span(ms) : t("left.grace");
  box.className = ms <= 0 ? "late" : ms < SOON ? "soon" : "";
}

$("enter-form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = event.target;
  const problem = form.querySelector(".problem");
  const button = form.querySelector("button");
  problem.textContent = t("enter.busy");
  button.disabled = true;
  try {
    await ask("/api/seat/enter", { id: form.elements.id.value, code: form.elements.code.value });
    problem.textContent = "";
    form.reset();
    await refresh(false);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    problem.textContent = error.message;
  } finally {
    button.disabled = false;
  }
});

$("begin").addEventListener("click", async () => {
  if (!(await keepNote())) return;
  const problem = $("next").querySelector(".problem");
  problem.textContent = "";
  act("begin", { call: view.call.n }, (text) => (problem.textContent = text));
});
$("note-text").addEventListener("input", noteState);
$("note-save").addEventListener("click", keepNote);

function askToSubmit() {
  const { call, phase } = view;
  const begun = call.begun || phase === "done" ? call.n : call.n - 1;
  const missing = phase === "done" && !call.begun ? call.of - call.n + 1 : call.of - begun;
  $("submit-left").textContent = missing > 0 ? t("submit.left", { count: missing }) : "";
  $("submit-dialog").showModal();
}
$("hand-in").addEventListener("click", askToSubmit);
$("done-submit").addEventListener("click", askToSubmit);
$("submit-no").addEventListener("click", () => $("submit-dialog").close());
$("submit-yes").addEventListener("click", async () => {
  $("submit-dialog").close();
  if (await keepNote()) act("submit", {});
});
$("leave").addEventListener("click", async () => {
  try {
    await ask("/api/seat/leave", {});
  } finally {
    signedOut("");
  }
});

setInterval(tick, 500);
setInterval(() => view && refresh(), EVERY);
document.addEventListener("visibilitychange", () => document.hidden || (view && refresh()));
addEventListener("beforeunload", (event) => {
  if (view && view.phase === "call" && $("words-box").value.trim()) event.preventDefault();
});
refresh(false);
