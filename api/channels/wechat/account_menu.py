"""The menu at the foot of the account, from the county's `wechat_menu.yml`, as WeChat wants it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.casework.county import read_strictly
from api.casework.errors import CountyInvalid
from api.channels.wechat.welcome import KEYS

_BUTTONS, _ITEMS = 3, 5
_NAME, _ITEM_NAME = 4, 8  # characters; WeChat cuts what is longer


@dataclass(frozen=True)
class Item:
    """Either a `key` the account answers to, or a `page` of this site."""

    name: str
    key: str = ""
    page: str = ""


@dataclass(frozen=True)
class Button:
    """As an item; or it opens upon `items`."""

    name: str
    key: str = ""
    page: str = ""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Menu:
    """What stands at the foot of the conversation."""

    buttons: tuple[Button, ...]


def menu_of_county(path: Path, address: str) -> dict[str, Any]:
    """The body of `menu/create`; pages begin with `address`.

    Raises:
        CountyInvalid: the file cannot be read, or WeChat would not take it.
    """
    menu = read_strictly(path, Menu)
    if not 1 <= len(menu.buttons) <= _BUTTONS:
        raise CountyInvalid(f"{path.name}：按钮要有1到{_BUTTONS}个")
    try:
        return {"button": [_button(one, address) for one in menu.buttons]}
    except ValueError as error:
        raise CountyInvalid(f"{path.name}：{error}") from error


def _button(button: Button, address: str) -> dict[str, Any]:
    if not button.items:
        return _item(button, _NAME, address)
    if button.key or button.page or len(button.items) > _ITEMS:
        raise ValueError(f"“{button.name}”下面最多{_ITEMS}项，有了items就不要再写key或page")
    _check(button.name, _NAME)
    items = [_item(one, _ITEM_NAME, address) for one in button.items]
    return {"name": button.name, "sub_button": items}


def _item(item: Item | Button, longest: int, address: str) -> dict[str, Any]:
    _check(item.name, longest)
    if bool(item.key) == bool(item.page):
        raise ValueError(f"“{item.name}”要写key或者page，只写一个")
    if item.page:
        if not item.page.startswith("/"):
            raise ValueError(f"“{item.name}”的page要以/开头")
        return {"type": "view", "name": item.name, "url": address + item.page}
    if item.key not in KEYS:
        raise ValueError(f"“{item.name}”的key只能是{'、'.join(KEYS)}")
    return {"type": "click", "name": item.name, "key": item.key}


def _check(name: str, longest: int) -> None:
    if not 1 <= len(name) <= longest:
        raise ValueError(f"“{name}”太长，最多{longest}个字" if name else "有一项没有名字")
