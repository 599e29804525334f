"""What the dialogue hands off besides a legal question and a calculation: small talk, a person."""

from __future__ import annotations

from api.core.types import Decision, Handoff, Reply, Suggestion

STARTERS = (
    Suggestion("老板拖欠工资", "老板拖着工资不给，怎么办？"),
    Suggestion("离婚和彩礼", "领了结婚证后离婚，彩礼还退吗？"),
    Suggestion("土地被占", "承包地被人占种、土地承包起了纠纷，去哪里处理？仲裁要钱吗？"),
    Suggestion("借钱不还", "借钱给别人没有打借条，还能要回来吗？"),
    Suggestion("出了车祸", "骑电动车和汽车相撞，自己也有错，还能赔吗？"),
    Suggestion("请律师没钱", "什么人、什么事可以申请免费的法律援助？"),
)
_SMALLTALK = {
    "greet": "您好！我是问法法律服务助手。您把遇到的事说给我听就行，像跟邻居说话一样。",
    "thanks": "不客气。还有什么事，随时说。",
    "bye": "再见。有事随时回来问，也可以打12348。",
    "bot": (
        "我是机器人，回答由人工智能生成，依据是现行法律条文；没有把握的问题会转给律师。"
        "想找真人，发送“转人工”或拨打12348。"
    ),
    "cancel": "好的，不算了。还有别的事，您接着说。",
}
_OUT_OF_SCOPE = (
    "这件事不是法律问题，我帮不上忙。要是您碰到欠钱、工伤、婚姻、土地、邻里这类事，可以说给我听。"
)
_PROGRESS = (
    "律师的答复会直接出现在这个对话里，到了答应您的时间还没有，可以拨打12348，报上编号查。"
    "在这里办的申请，点办理结果里的链接能看到进度。"
)
_CLARIFY = "我没看明白您遇到的是什么事。请用几句话说说：谁和谁、因为什么、到了哪一步？"


def smalltalk(handoff: Handoff) -> Reply:
    """Greetings, thanks, and whether this is a machine."""
    answer = _SMALLTALK.get(handoff.facts.get("kind", ""), _SMALLTALK["greet"])
    return Reply(Decision.SMALLTALK, answer, suggestions=STARTERS)


def out_of_scope() -> Reply:
    """Nothing legal was asked."""
    return Reply(Decision.OUT_OF_SCOPE, _OUT_OF_SCOPE, suggestions=STARTERS)


def silence() -> Reply:
    """A lawyer reads what was just said; the machine adds nothing."""
    return Reply(Decision.SILENT, "", label="", human="")


def progress() -> Reply:
    """Where an answer that was promised will be found."""
    return Reply(Decision.SMALLTALK, _PROGRESS)


def clarify() -> Reply:
    """Nothing was asked that could be searched for."""
    return Reply(Decision.CLARIFY, _CLARIFY, suggestions=STARTERS)
