"""Interface texts: English."""

ACTS = {
    "greet": "greets", "self-identify": "says who is calling", "verify-identity": "checks identity",
    "ask-convenience": "asks if it is convenient", "recording-notice": "says it is recorded", "state-debt": "states the debt",
    "explain-fees": "explains fees", "offer-evidence": "offers evidence", "ask-reason": "asks the reason",
    "ask-ability": "asks what is possible", "ask-plan": "asks for the plan", "ask-other-source": "asks for another source",
    "ask-payment-proof": "asks for proof of payment", "demand-payment": "asks for payment", "ask-commitment": "asks for a commitment",
    "confirm-promise": "repeats the promise", "refuse-delay": "declines the delay", "offer-partial": "offers part payment",
    "offer-plan": "offers a plan", "offer-channel": "explains how to pay", "suggest-funds": "suggests own funds",
    "warn-credit": "credit record", "warn-cost": "running cost", "warn-legal": "legal route", "warn-service": "later credit",
    "state-benefit": "states the benefit", "remind-obligation": "reminds of the contract", "empathize": "shows understanding",
    "acknowledge": "gives credit", "offer-help": "offers help", "thank": "thanks", "apologize": "apologises",
    "assure-privacy": "assures privacy", "ask-for-debtor": "asks for the debtor", "ask-relay": "asks to pass on",
    "ask-contact": "asks for a contact", "withhold-details": "withholds details", "offer-check": "offers to check",
    "offer-escalation": "offers escalation", "steer-back": "steers back", "announce-followup": "announces follow-up",
    "close": "says goodbye", "out-of-scope": "off the subject",
}  # fmt: skip

TERMS = {
    "severity.fatal": "fatal", "severity.major": "major", "severity.minor": "minor",
    "channel.phone": "phone", "channel.sms": "text message", "channel.letter": "letter", "channel.visit": "visit",
    "hearer.debtor": "verified: the debtor", "hearer.debtor-unverified": "identity not checked yet",
    "hearer.jointly-liable": "verified: jointly liable", "hearer.third-party": "not the debtor",
    "outcome.promise": "a promise", "outcome.partial": "part promised", "outcome.plan": "a plan agreed", "outcome.vague": "vague words only",
    "outcome.refused": "refused", "outcome.disputed": "disputed", "outcome.hung-up": "they hung up", "outcome.message-left": "message left",
    "outcome.cared-for": "the person came first", "outcome.unresolved": "no result",
    "grade.full-today": "all of it today", "grade.full-within-48h": "all of it within two days",
    "grade.part-today-rest-dated": "part today, the rest dated", "grade.part-within-48h": "part within two days",
    "grade.dated-later": "dated, but later than two days", "grade.vague": "no firm date", "grade.none": "no promise",
    "goal.promise": "a promise to pay within two days", "goal.plan": "a plan this person can keep", "goal.relay": "have it passed on, not a word of the debt",
    "goal.care": "the person first, then the debt",
    "met.yes": "met", "met.half": "half met", "met.no": "missed",
    "method.app": "banking app", "method.transfer": "transfer", "method.auto": "direct debit", "method.counter": "branch counter",
    "legal.none": "no legal step taken", "legal.entrusted": "with a lawyer", "legal.filed": "suit filed", "legal.judged": "judged",
    "legal.enforced": "being enforced",
    "how.full": "original seen", "how.reported": "as reported", "how.machine-translated": "machine translation", "how.memory": "from memory, unchecked",
    "how.derived": "derived",
    "mood.patience.0": "about to lose patience", "mood.patience.1": "getting impatient", "mood.patience.2": "still patient", "mood.patience.3": "very patient",
    "mood.trust.0": "does not trust you", "mood.trust.1": "on guard", "mood.trust.2": "willing to listen", "mood.trust.3": "trusts you",
    "mood.shame.0": "not ashamed", "mood.shame.1": "a little ashamed", "mood.shame.2": "ashamed", "mood.shame.3": "deeply ashamed",
    "mood.worry.0": "not worried", "mood.worry.1": "a little worried", "mood.worry.2": "worried", "mood.worry.3": "alarmed",
    "mood.stakes.0": "does not see the stakes", "mood.stakes.1": "sees a little of the stakes", "mood.stakes.2": "sees the stakes", "mood.stakes.3": "sees all the stakes",
    "mood.despair.0": "holding up", "mood.despair.1": "rather low", "mood.despair.2": "very low", "mood.despair.3": "close to breaking",
    "mood.anger.0": "calm", "mood.anger.1": "a little cross", "mood.anger.2": "angry", "mood.anger.3": "furious",
    "mood.hope.0": "sees no way out", "mood.hope.1": "not very hopeful", "mood.hope.2": "sees a way", "mood.hope.3": "confident",
}  # fmt: skip

TABLE: dict[str, str] = {
    **{f"act.{id}": title for id, title in ACTS.items()},
    **TERMS,
    "app.title": "Peilian",
    "app.line": "say it wrong here first, not on the phone",
    "loading": "Opening the library…",
    "dialling": "Dialling…",
    "grading": "Grading…",
    "key.page": "page", "score.change-more": "{count} more and it passes", "key.send": "send", "key.help": "help", "key.hint": "hint", "key.picks": "lines", "key.panel": "panel",
    "key.hang-up": "hang up", "key.back": "take back", "key.leave": "leave for now", "key.quit": "quit", "key.call": "call",
    "key.theme": "light/dark", "key.open": "open/close", "key.same": "same seed", "key.other": "new seed", "key.menu": "menu",
    "key.export": "export", "key.note": "note", "key.resume": "go on", "key.drop": "drop", "key.scores": "scorecard",
    "key.close": "close", "key.turns": "call/scores", "key.move": "move",
    "menu.choose": "Choose a scenario",
    "menu.task": "Task", "menu.goal": "Goal", "menu.who": "Persona", "menu.stage": "Stage", "menu.difficulty": "Difficulty", "menu.best": "Best result",
    "menu.debt": "Debt", "menu.channel": "Channel",
    "menu.never": "not practised yet", "menu.best-is": "{total} points · {verdict}{again} · {calls} calls", "menu.again": " (turns taken back)",
    "menu.unfinished": "Unfinished call", "menu.unfinished-is": "{turns} turns, left at {left}",
    "menu.unfinished-help": "This call broke off; every word of it is kept. Enter goes on with it; Delete takes it off the list.",
    "menu.broken": "the file is wrong and cannot be opened", "menu.empty": "There are no scenarios yet. Put YAML files into {folder}.",
    "menu.seed": "seed {seed}", "menu.ready": "{count} scenarios",
    "verdict.pass": "Passed", "verdict.fail": "Not passed",
    "stage.0": "not overdue", "stage.1": "1–5 days overdue · a warm reminder", "stage.2": "6–10 days · business-like, a firm date",
    "stage.3": "11–30 days · serious, a plan with figures", "stage.4": "over 30 days · formal, plan or legal route",
    "case.title": "Case", "case.who": "Who", "case.dialled": "Ringing", "case.contact": "named contact ({relation})", "case.name": "Name", "case.call": "Address as", "case.id4": "ID ends in", "case.tail": "Account ends in",
    "case.debt": "Debt", "case.creditor": "Creditor", "case.product": "Product", "case.total": "Due", "case.principal": "Principal",
    "case.interest": "Interest", "case.penalty": "Penalty", "case.days": "Overdue", "case.days-value": "{days} days (due {due})", "case.daily": "Grows daily",
    "case.yuan": "{sum} yuan",
    "case.history": "Earlier calls", "case.no-history": "This is the first call", "case.promised": "promised: {what}", "case.kept": "kept",
    "case.not-kept": "not kept", "case.broken": "{count} promises broken",
    "case.self": "You are", "case.self-name": "You", "case.number": "Staff no.", "case.org": "With", "case.hotline": "Hotline",
    "case.may": "You may offer", "case.may-partial": "part payment now", "case.may-instalments": "up to {count} instalments",
    "case.may-extension": "up to {days} days more", "case.may-waiver": "a waiver", "case.may-hardship": "a hardship application",
    "case.may-nothing": "nothing by yourself", "case.rest-apply": "all else: apply, subject to approval",
    "case.legal": "Legal", "case.disputed": "objection raised, not answered yet", "case.illness": "illness in the family", "case.called-today": "reached {count} times today",
    "case.call-when": "This call", "case.at": "Time", "case.channel": "Channel", "case.task": "Task",
    "talk.on": "on the line", "talk.over": "over", "talk.round": "round {n}", "talk.kept": "kept on disk", "talk.unkept": "not kept",
    "talk.you": "You", "talk.they": "They", "talk.silence": "(silence)", "talk.again": "turns taken back",
    "talk.placeholder": "Speak as on the phone, in Chinese…  Enter sends", "talk.placeholder-written": "Write the message, in Chinese…  Enter sends",
    "talk.empty-once": "Enter once more to stay silent",
    "talk.says": "You say", "talk.writes": "You write",
    "talk.ended": "The call is over: {outcome}. Enter for the scorecard.",
    "talk.start-written": "Nothing sent yet. Write the first message.",
    "heard.title": "Understood", "heard.nothing": "After each line, what was understood is shown here.", "heard.silence": "You said nothing.",
    "heard.acts": "Acts", "heard.times": "Times", "heard.sums": "Sums", "heard.manner": "Manner", "heard.honorific": "honorific 您",
    "heard.no-honorific": "no honorific", "heard.unsure": "This was not quite understood; try other words.", "heard.until": "{words} → by {due}", "heard.sum": "{words} → {sum} yuan",
    "heard.sum-full": "{words} → all of it", "heard.sum-part": "{words} → a part, no figure", "heard.out-of-scope": "nothing that belongs to this call",
    "coach.title": "Coach", "coach.mood": "Right now", "coach.identity": "Identity", "coach.promise": "Promised so far", "coach.no-promise": "nothing yet",
    "coach.clean": "Nothing amiss in this line.", "coach.breaches": "Careful", "coach.better": "You could say", "coach.hints": "Hints", "coach.more-hints": "F2 for one more ({count} left)",
    "coach.no-hints": "no more hints", "coach.hint-key": "Stuck? Press F2", "coach.no-date": "no firm date", "coach.no-sum": "no figure",
    "coach.within": "within 2 days", "coach.later": "after 2 days", "coach.again-named": "once more",
    "picks.title": "Prepared lines", "picks.help": "Enter puts a line into the input; make it your own before you send it",
    "ask.hang-up": "Hang up?", "ask.hang-up-more": "The call is then graded and cannot go on.", "ask.yes-hang-up": "Hang up", "ask.stay": "Stay",
    "ask.unkept": "This call cannot be kept", "ask.unkept-more": "{why}\nYou can practise all the same, but nothing will be kept: no resuming, no result.", "ask.yes-unkept": "Practise unkept",
    "ask.menu": "Menu", "ask.store": "This turn was not stored", "ask.store-more": "{why}\nMake room and try again; the call goes on once it is stored.",
    "ask.retry": "Try again", "ask.go-on": "Go on unkept",
    "error.title": "Something went wrong", "error.no-answer": "The persona has nothing to answer (a gap in its file, not your fault). Try other words.",
    "error.grade": "Cannot grade: {why}",
    "help.title": "How to use it",
    "help.text": (
        "Type what you would say on the phone, in Chinese, and press Enter.\n\n"
        "Enter       send; Enter twice on an empty line is a silence\n"
        "Ctrl+J      new line (pasting several lines works too)\n"
        "↑ ↓         what you said before\n"
        "F2          a hint, and one more each time\n"
        "F3          prepared lines to put into the input\n"
        "F4          on narrow screens: understood, coach, case\n"
        "F5 F6       page through the panels (case, coach)\n"
        "F8          hang up, then see the scorecard\n"
        "Ctrl+Z      with an empty input: take back the last turn (the record says so)\n"
        "PgUp PgDn   scroll the call\n"
        "F9          light or dark\n"
        "F10         leave for now; the call can be resumed\n\n"
        "The clock is the call's own, at ordinary speaking speed; typing slowly costs nothing.\n"
        "Every turn is on disk before it is shown."
    ),
    "score.title": "Scorecard", "score.total": "{total} points", "score.mark": "pass mark {mark}", "score.etiquette": "Etiquette", "score.tasks": "Core tasks",
    "score.promise": "Promise", "score.compliance": "Compliance", "score.deducted": "−{points}", "score.none-deducted": "no breach",
    "score.reasons": "Why it did not pass", "score.change": "The easiest gains", "score.change-flips": "from here on it passes", "score.gain": "+{points}",
    "score.breaches": "Breaches", "score.findings": "Findings", "score.turn": "turn {n}", "score.why": "Found", "score.matters": "Why it matters",
    "score.rule": "Rule", "score.source": "Source", "score.better": "Say instead", "score.or": "Or say", "score.said": "Said", "score.heard": "What gave it away",
    "score.human": "For a person to settle", "score.points": "{points}/{of}", "score.within": "within 48 hours", "score.outside": "later than 48 hours", "score.call": "said",
    "score.limit": "48 hours end", "score.due": "{sum} · {due}", "score.confirmed": "repeated back", "score.unconfirmed": "not fully repeated back", "score.void": "void",
    "score.transcript": "The call", "score.aid": "{hints} hints used{again}", "score.aid-again": ", turns taken back",
    "score.seed": "seed {seed}", "score.legend": "✗ breach   ✓ met   ◐ half met",
    "note.title": "Note after the call", "note.help": "Reason, what was promised (date, sum, way), next step and when. In Chinese. Ctrl+S hands it in.", "note.done": "Note handed in", "note.points": "Note {points}/{of}",
    "note.empty": "nothing written yet",
    "export.done": "Exported: {paths}", "export.failed": "Cannot export: {why}",
    "preview.title": "Rehearsal", "preview.placeholder": "Say something…  Enter says it, an empty Enter is a silence", "preview.problems": "Files", "preview.inside": "Inside",
    "preview.jump": "go to state", "states.title": "Begin in which state", "states.help": "Enter begins there, with the feelings and memories of the shortest way to it", "preview.restart": "start over", "preview.fine": "All readable",
    "preview.watched": "Read again on save: {files}", "preview.last-good": "a file is wrong; the last good version plays on", "preview.begun": "Begun in state {state}",
    "preview.unsaid": "The call ends here; {count} more lines were not said", "preview.ended": "Call over: {outcome}. F3 starts over, Ctrl+Z takes the last line back.",
    "preview.marks": "{verdict} · {total} points · promise: {grade} · {rules}", "preview.over": "The call is over: F3 starts over, Ctrl+Z takes the last line back",
    "preview.state": "State", "preview.verified": "verified", "preview.unverified": "not verified", "preview.asks": "asks {asked}",
    "preview.asks-nothing": "asks nothing", "preview.memory": "Recalls", "preview.pledges": "Pledged", "preview.nothing": "nothing", "preview.outcome": "Outcome",
    "preview.disposition": "Disposition", "preview.heard": "Last line was heard as", "preview.signals": "Also", "preview.amount": "Amount", "preview.time": "Time",
    "preview.echo": "Echo", "preview.tried": "Transitions tried: {count}", "preview.deaf": "{count} that waited for other words", "preview.gave-up": "None fits: everything has been said, it hangs up", "preview.line": "line {line}",
    "preview.help": (
        "Write a persona or scenario and talk to it. It is read again on save, and the lines said so far are said again.\n\n"
        "Enter       say it; an empty Enter is a silence\n"
        "F2          go to a state and begin there\n"
        "F3          start over\n"
        "Ctrl+Z      with an empty input: take the last line back\n"
        "F5 F6       page through the panel on the right\n"
        "F4          on narrow screens: the panel instead of the call\n"
        "F8          hang up and see the marks\n"
        "F9          dark or light\n"
        "F10         quit\n\n"
        "On the right: the state, the disposition, what the last line was heard as, the transitions tried and why each did not fire.\n"
        "If a file is wrong, its line and the cure stand below; the last good version plays on."
    ),
    "why.hears": "not heard: {wanted}", "why.along-with": "not heard beside it: {wanted}", "why.without": "heard {found}",
    "why.amount": "amount is {found}, wants {wanted}", "why.time": "time is {found}, wants {wanted}", "why.echo": "echo is {found}, wants {wanted}",
    "why.verified.true": "not verified yet", "why.verified.false": "already verified", "why.pledged.true": "nothing pledged yet", "why.pledged.false": "already pledged",
    "why.after": "was asking {found}, wants {wanted}", "why.remembers": "does not recall {wanted}", "why.not-yet": "already recalls {found}",
    "why.feeling-least": "{name} is {found}, wants at least {low}", "why.feeling-most": "{name} is {found}, wants at most {high}",
    "why.feeling-within": "{name} is {found}, wants {low} to {high}", "why.spent": "nothing left to say", "why.join": "; ",
    "score.as-test": "make a test", "score.test-written": "Written as a test: {path}", "score.test-failed": "Cannot be written as a test: {why}",
    "kept.nothing": "Not kept: {why}",
}  # fmt: skip
