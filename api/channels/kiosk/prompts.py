"""What the kiosk itself says, shown on the screen and read aloud; nothing else is read unasked."""

from __future__ import annotations

from api.core.sentences import aloud

PROMPTS = {
    "start": "遇到什么事了？按一下大按钮，慢慢说。也可以点一张图。",
    "type": "请把遇到的事写下来，写完按“问一问”。",
    "listen": "请说。说完停一下就行。",
    "words": "正在听写，请稍等。",
    "confirm": "您说的是这个吗？不对可以改，也可以再说一遍。",
    "unclear": "没听清。请离近一点，再说一遍。",
    "wait": "正在查法律，请稍等。",
    "failed": "没有问成。请再按一次，或者找真人。",
    "person": "请留个电话，工作人员给您回电。您也可以就在这里等。",
    "called": "已经告诉工作人员了。",
    "sum": "把知道的填上，按“算一算”。",
    "paper": "请看一看，空着的可以填，也可以打印出来用笔写。",
    "identity": "身份证号只用来填这份文书，屏幕上不显示完整号码。",
    "print": "请拿好您的单子。用手机扫上面的码，可以接着问。",
    "idle": "您还在吗？要接着用，请碰一下屏幕。",
    "offline": "网络断了。您可以先看电话、地址和常见问题。网络好了，这里会自己恢复。",
    "online": "网络好了，可以接着用。",
}


def says(name: str) -> str | None:
    """How a prompt is read; None when there is none of that name."""
    return aloud(PROMPTS[name]) if name in PROMPTS else None
