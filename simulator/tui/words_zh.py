"""界面文字：中文。"""

ACTS = {
    "greet": "问候", "self-identify": "表明身份", "verify-identity": "核实身份", "ask-convenience": "询问是否方便",
    "recording-notice": "录音告知", "state-debt": "说明欠款", "explain-fees": "解释费用", "offer-evidence": "提供凭据",
    "ask-reason": "询问原因", "ask-ability": "了解能力", "ask-plan": "询问打算", "ask-other-source": "询问备用来源",
    "ask-payment-proof": "核实已还款", "demand-payment": "要求还款", "ask-commitment": "要求承诺",
    "confirm-promise": "确认承诺", "refuse-delay": "拒绝拖延", "offer-partial": "先还一部分", "offer-plan": "分期/延期方案",
    "offer-channel": "还款渠道", "suggest-funds": "建议筹款", "warn-credit": "征信影响", "warn-cost": "费用增加",
    "warn-legal": "法律途径", "warn-service": "后续授信影响", "state-benefit": "说明好处", "remind-obligation": "合同义务",
    "empathize": "共情", "acknowledge": "认可", "offer-help": "表达帮助", "thank": "感谢", "apologize": "致歉",
    "assure-privacy": "保密承诺", "ask-for-debtor": "找人", "ask-relay": "请转告", "ask-contact": "询问联系方式",
    "withhold-details": "婉拒透露", "offer-check": "登记核查", "offer-escalation": "升级/投诉渠道", "steer-back": "拉回主题",
    "announce-followup": "预告跟进", "close": "结束语", "out-of-scope": "无关",
}  # fmt: skip

TERMS = {
    "severity.fatal": "红线", "severity.major": "严重", "severity.minor": "轻微",
    "channel.phone": "电话", "channel.sms": "短信", "channel.letter": "信函", "channel.visit": "上门",
    "hearer.debtor": "已核实是本人", "hearer.debtor-unverified": "还没核实身份",
    "hearer.jointly-liable": "已核实是共同还款人", "hearer.third-party": "接电话的不是本人",
    "outcome.promise": "有了承诺", "outcome.partial": "先还一部分", "outcome.plan": "定了方案", "outcome.vague": "只有含糊的话",
    "outcome.refused": "拒绝了", "outcome.disputed": "有异议", "outcome.hung-up": "对方挂断了", "outcome.message-left": "留了话",
    "outcome.cared-for": "先照顾了人", "outcome.unresolved": "没有结果",
    "grade.full-today": "今天还清", "grade.full-within-48h": "两天之内还清",
    "grade.part-today-rest-dated": "今天先还一部分，余下的有日子", "grade.part-within-48h": "两天之内还一部分",
    "grade.dated-later": "有日子，但在两天以后", "grade.vague": "没有准日子", "grade.none": "没有承诺",
    "goal.promise": "拿到两天之内的还款承诺", "goal.plan": "谈成对方做得到的方案", "goal.relay": "请人转告，不透露一个字的账",
    "goal.care": "先顾人，再谈账",
    "met.yes": "做到", "met.half": "做到一半", "met.no": "没做到",
    "method.app": "手机银行", "method.transfer": "转账", "method.auto": "自动扣款", "method.counter": "柜台",
    "legal.none": "没有进入法律程序", "legal.entrusted": "已委托律师", "legal.filed": "已立案", "legal.judged": "已判决",
    "legal.enforced": "执行中",
    "how.full": "看过原文", "how.reported": "据报道", "how.machine-translated": "机器译文", "how.memory": "凭记忆，未核",
    "how.derived": "推导而来",
    "mood.patience.0": "快忍不住了", "mood.patience.1": "有点不耐烦", "mood.patience.2": "还沉得住气", "mood.patience.3": "很有耐心",
    "mood.trust.0": "信不过你", "mood.trust.1": "有戒心", "mood.trust.2": "愿意听你说", "mood.trust.3": "信你",
    "mood.shame.0": "不觉得难为情", "mood.shame.1": "有点难为情", "mood.shame.2": "很难为情", "mood.shame.3": "抬不起头",
    "mood.worry.0": "不担心", "mood.worry.1": "有点担心", "mood.worry.2": "很担心", "mood.worry.3": "慌了",
    "mood.stakes.0": "没当回事", "mood.stakes.1": "听进去一点利害", "mood.stakes.2": "明白利害", "mood.stakes.3": "利害全清楚",
    "mood.despair.0": "撑得住", "mood.despair.1": "有些低落", "mood.despair.2": "很低落", "mood.despair.3": "快撑不住了",
    "mood.anger.0": "心平气和", "mood.anger.1": "有点火气", "mood.anger.2": "在发火", "mood.anger.3": "火冒三丈",
    "mood.hope.0": "看不到指望", "mood.hope.1": "不太有指望", "mood.hope.2": "觉得有办法", "mood.hope.3": "心里有底了",
}  # fmt: skip

TABLE: dict[str, str] = {
    **{f"act.{id}": title for id, title in ACTS.items()},
    **TERMS,
    "app.title": "陪练",
    "app.line": "先在这儿把话说错，好过在电话里说错",
    "loading": "正在打开题库……",
    "dialling": "正在拨号……",
    "grading": "正在评分……",
    "key.page": "翻面板", "score.change-more": "再改 {count} 处就能通过", "key.send": "发送", "key.help": "帮助", "key.hint": "提示", "key.picks": "现成的话", "key.panel": "换面板",
    "key.hang-up": "挂断", "key.back": "收回上一句", "key.leave": "先放下", "key.quit": "退出", "key.call": "拨打",
    "key.theme": "明暗", "key.open": "展开/收起", "key.same": "同种子再来", "key.other": "换种子再来", "key.menu": "回菜单",
    "key.export": "导出", "key.note": "写小结", "key.resume": "接着打", "key.drop": "不要了", "key.scores": "看成绩",
    "key.close": "关上", "key.turns": "通话/成绩", "key.move": "上下移动",
    "menu.choose": "选一个情境",
    "menu.task": "任务", "menu.goal": "目标", "menu.who": "角色", "menu.stage": "阶段", "menu.difficulty": "难度", "menu.best": "最好成绩",
    "menu.debt": "欠款", "menu.channel": "渠道",
    "menu.never": "还没练过", "menu.best-is": "{total} 分 · {verdict}{again} · 练过 {calls} 次", "menu.again": "（收回过话）",
    "menu.unfinished": "没打完的电话", "menu.unfinished-is": "说到第 {turns} 轮，{left} 放下的",
    "menu.unfinished-help": "这通电话断在半路，说过的每一句都在。按回车接着打；不想打了按 Delete，就不再列出来。",
    "menu.broken": "文件有错，打不开", "menu.empty": "题库里还没有情境。把写好的 YAML 放进 {folder} 就会出现在这里。",
    "menu.seed": "种子 {seed}", "menu.ready": "{count} 个情境",
    "verdict.pass": "通过", "verdict.fail": "没通过",
    "stage.0": "未到期", "stage.1": "逾期 1–5 天 · 提醒，语气温和", "stage.2": "逾期 6–10 天 · 认真，要准日子",
    "stage.3": "逾期 11–30 天 · 严肃，要有数目的方案", "stage.4": "逾期 30 天以上 · 正式，按方案或法律途径",
    "case.title": "案卷", "case.who": "找谁", "case.name": "姓名", "case.dialled": "今天打给", "case.contact": "预留联系人（{relation}）", "case.call": "称呼", "case.id4": "身份证尾号", "case.tail": "账号尾号",
    "case.debt": "欠款", "case.creditor": "债权人", "case.product": "产品", "case.total": "应还", "case.principal": "本金",
    "case.interest": "利息", "case.penalty": "罚息", "case.days": "逾期", "case.days-value": "{days} 天（{due} 到期）", "case.daily": "每天增加",
    "case.yuan": "{sum} 元",
    "case.history": "以往", "case.no-history": "这是第一通电话", "case.promised": "当时答应：{what}", "case.kept": "做到了",
    "case.not-kept": "没做到", "case.broken": "已经爽约 {count} 次",
    "case.self": "你是", "case.self-name": "你", "case.number": "工号", "case.org": "单位", "case.hotline": "客服电话",
    "case.may": "你能做主的", "case.may-partial": "先还一部分", "case.may-instalments": "分期，最多 {count} 期",
    "case.may-extension": "展期，最多 {days} 天", "case.may-waiver": "减免", "case.may-hardship": "代为申请困难方案",
    "case.may-nothing": "没有：都要申请", "case.rest-apply": "别的都要申请，以审批为准",
    "case.legal": "法律", "case.disputed": "对方提过异议，还没答复", "case.illness": "对方家里有病人", "case.called-today": "今天已接通 {count} 次",
    "case.call-when": "这通电话", "case.at": "时间", "case.channel": "渠道", "case.task": "任务",
    "talk.on": "通话中", "talk.over": "已结束", "talk.round": "第 {n} 轮", "talk.kept": "已存盘", "talk.unkept": "不保存",
    "talk.you": "你", "talk.they": "对方", "talk.silence": "（沉默）", "talk.again": "收回过话",
    "talk.placeholder": "像打电话一样说……  回车说出去", "talk.placeholder-written": "写下要发的内容……  回车发出去",
    "talk.empty-once": "再按一次回车就是沉默，什么也不说",
    "talk.says": "你说", "talk.writes": "你写",
    "talk.ended": "通话结束：{outcome}。回车看成绩，F8 也行。",
    "talk.start-written": "还没发出去。先写第一条。",
    "heard.title": "听懂了什么", "heard.nothing": "说完一句，这里写着听懂了什么。", "heard.silence": "你没有说话。",
    "heard.acts": "做了", "heard.times": "时间", "heard.sums": "数目", "heard.manner": "礼貌", "heard.honorific": "用了“您”",
    "heard.no-honorific": "没有敬称", "heard.unsure": "这句没太听明白，换个说法试试。", "heard.until": "{words} → 最晚 {due}", "heard.sum": "{words} → {sum} 元",
    "heard.sum-full": "{words} → 全部", "heard.sum-part": "{words} → 一部分，没有数", "heard.out-of-scope": "没听出和这通电话有关的意思",
    "coach.title": "教练", "coach.mood": "对方现在", "coach.identity": "身份", "coach.promise": "已经答应", "coach.no-promise": "还没有答应什么",
    "coach.clean": "这句没有不妥。", "coach.breaches": "当心", "coach.better": "可以这样说", "coach.hints": "提示", "coach.more-hints": "F2 再看一条（还有 {count} 条）",
    "coach.no-hints": "没有更多提示了", "coach.hint-key": "卡住了就按 F2", "coach.no-date": "没有准日子", "coach.no-sum": "没说数目",
    "coach.within": "两天内", "coach.later": "两天外", "coach.again-named": "又犯了一次",
    "picks.title": "现成的话", "picks.help": "回车放进输入框，改成你自己的话再说",
    "ask.hang-up": "挂断电话？", "ask.hang-up-more": "挂断以后就评分，不能再接着说。", "ask.yes-hang-up": "挂断", "ask.stay": "接着说",
    "ask.unkept": "这通电话存不下来", "ask.unkept-more": "{why}\n不保存也可以练，只是断了就找不回来，成绩也不会记下。", "ask.yes-unkept": "不保存，接着练",
    "ask.menu": "回菜单", "ask.store": "刚才这一轮没存上", "ask.store-more": "{why}\n腾出空间后可以再存一次，存好了才往下走。",
    "ask.retry": "再存一次", "ask.go-on": "不保存了，接着练",
    "error.title": "出了点问题", "error.no-answer": "对方没有话可接了（这是角色文件的缺漏，不是你的错）。换个说法试试。",
    "error.grade": "评不了分：{why}",
    "help.title": "怎么用",
    "help.text": (
        "像真打电话那样，把要说的话打出来，回车说出去。对方听懂多少，取决于你说得多清楚。\n\n"
        "回车        说出去；什么也不写按两次回车，就是沉默\n"
        "Ctrl+J      换行（粘贴多行也行）\n"
        "↑ ↓         前面说过的话\n"
        "F2          要一条提示，再按再给一条\n"
        "F3          现成的话，挑一句放进输入框\n"
        "F4          窄屏时换下面的面板：听懂了什么、教练、案卷\n"
        "F5 F6       上下翻面板（案卷、教练）\n"
        "F8          挂断，然后评分\n"
        "Ctrl+Z      输入框空着时收回上一句（成绩里会注明）\n"
        "PgUp PgDn   翻看通话\n"
        "F9          明暗两种颜色\n"
        "F10         先放下，下次接着打\n\n"
        "钟是这通电话自己的：按正常语速算，打字快慢不影响成绩。\n"
        "每说一句，先存进硬盘再显示，断电也不丢。"
    ),
    "score.title": "成绩", "score.total": "{total} 分", "score.mark": "合格线 {mark}", "score.etiquette": "礼仪", "score.tasks": "核心任务",
    "score.promise": "承诺", "score.compliance": "合规", "score.deducted": "扣 {points} 分", "score.none-deducted": "没有违规",
    "score.reasons": "为什么没通过", "score.change": "最省力的改进", "score.change-flips": "到这儿就能通过", "score.gain": "+{points}",
    "score.breaches": "违规", "score.findings": "得失", "score.turn": "第 {n} 轮", "score.why": "依据", "score.matters": "为什么要紧",
    "score.rule": "规则", "score.source": "出处", "score.better": "换成这样说", "score.or": "也可以说", "score.said": "原话", "score.heard": "怎么听出来的",
    "score.human": "要请人来定", "score.points": "{points}/{of}", "score.within": "48 小时以内", "score.outside": "超过 48 小时", "score.call": "这句话",
    "score.limit": "48 小时到此", "score.due": "{sum} · {due}", "score.confirmed": "复述过", "score.unconfirmed": "没有完整复述", "score.void": "不算数",
    "score.transcript": "通话记录", "score.aid": "用了 {hints} 条提示{again}", "score.aid-again": "，收回过话",
    "score.seed": "种子 {seed}", "score.legend": "✗ 违规   ✓ 做到   ◐ 做到一半",
    "note.title": "催收小结", "note.help": "原因、答应了什么（日子、数目、怎么还）、下一步和时间。Ctrl+S 交。", "note.done": "小结已交", "note.points": "小结 {points}/{of}",
    "note.empty": "还没写字",
    "export.done": "已导出：{paths}", "export.failed": "导出不了：{why}",
    "preview.title": "预演", "preview.placeholder": "说一句试试……  回车说出去，空着回车就是不作声", "preview.problems": "文件", "preview.inside": "对方心里",
    "preview.jump": "跳到状态", "states.title": "从哪个状态开始", "states.help": "回车就从那儿开始：前面该有的心态、记忆按最短的路补上", "preview.restart": "从头来", "preview.fine": "读得通",
    "preview.watched": "存盘就重读：{files}", "preview.last-good": "文件有错，接着演上一个好的版本", "preview.begun": "从状态 {state} 开始",
    "preview.unsaid": "电话在这儿断了，后面还有 {count} 句没说上", "preview.ended": "通话结束：{outcome}。F3 从头来，Ctrl+Z 收回上一句。",
    "preview.marks": "{verdict} · {total} 分 · 承诺：{grade} · {rules}", "preview.over": "电话已经结束：F3 从头来，Ctrl+Z 收回上一句",
    "preview.state": "状态", "preview.verified": "认了是本人", "preview.unverified": "还没认是本人", "preview.asks": "在问 {asked}",
    "preview.asks-nothing": "没在问什么", "preview.memory": "记得", "preview.pledges": "答应", "preview.nothing": "没有", "preview.outcome": "结果",
    "preview.disposition": "心态", "preview.heard": "上一句听成", "preview.signals": "另有", "preview.amount": "数目", "preview.time": "时间",
    "preview.echo": "复述", "preview.tried": "试过的转移 {count} 条", "preview.deaf": "没听到要听的话的 {count} 条", "preview.gave-up": "没有一条能用：该说的都说完了，挂断", "preview.line": "第 {line} 行",
    "preview.help": (
        "一边改角色或情境文件，一边和它说话。存盘就重读，说过的话按新文件再说一遍。\n\n"
        "回车        说出去；空着回车就是不作声\n"
        "F2          跳到一个状态，从那儿开始\n"
        "F3          从头来\n"
        "Ctrl+Z      输入框空着时收回上一句\n"
        "F5 F6       翻右边的面板\n"
        "F4          窄屏时换成右边的面板\n"
        "F8          挂断，看这通电话的分\n"
        "F9          明暗两种颜色\n"
        "F10         退出\n\n"
        "右边从上往下：状态、心态、上一句听成了什么、试过哪几条转移、每一条为什么没用上。\n"
        "文件写错了，下面说哪一行、怎么改；电话接着用上一个好的版本演。"
    ),
    "why.hears": "没听到 {wanted}", "why.along-with": "没同时听到 {wanted}", "why.without": "听到了 {found}",
    "why.amount": "数目是 {found}，要 {wanted}", "why.time": "时间是 {found}，要 {wanted}", "why.echo": "复述是 {found}，要 {wanted}",
    "why.verified.true": "还没认是本人", "why.verified.false": "已经认了是本人", "why.pledged.true": "还没答应什么", "why.pledged.false": "已经答应过了",
    "why.after": "上一句在问 {found}，要在问 {wanted}", "why.remembers": "不记得 {wanted}", "why.not-yet": "已经记得 {found}",
    "why.feeling-least": "{name} 是 {found}，至少要 {low}", "why.feeling-most": "{name} 是 {found}，至多 {high}",
    "why.feeling-within": "{name} 是 {found}，要在 {low} 到 {high}", "why.spent": "话都说完了", "why.join": "；",
    "score.as-test": "变成测试", "score.test-written": "已写成测试：{path}", "score.test-failed": "写不成测试：{why}",
    "kept.nothing": "没有保存：{why}",
}  # fmt: skip
