"""Speed and memory of the running system: python -m eval.bench URL PID...

Asks over HTTP, alone and with ten residents at once; every request is bounded in count and time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import time
import uuid

import httpx
import numpy as np
import psutil

_QUESTIONS = (
    "公司拖欠工资怎么办",
    "邻居装的空调外机吵得睡不着",
    "被狗咬了主人不赔钱",
    "借钱给别人没有打借条，还能要回来吗？",
    "承包地被人占种了去哪里说理",
)


def main() -> None:
    """Print p50 and p95 in ms for one resident and for ten, and memory in MB."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("pids", nargs="*", type=int)
    parser.add_argument("--turns", type=int, default=60)
    options = parser.parse_args()
    report = {
        "alone": asyncio.run(_residents(options.url, 1, options.turns)),
        "ten at once": asyncio.run(_residents(options.url, 10, options.turns // 3)),
        "memory MB": {pid: _memory(pid) for pid in options.pids},
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))  # noqa: T201


async def _residents(url: str, count: int, turns: int) -> dict[str, float]:
    async with httpx.AsyncClient(base_url=url, timeout=30, trust_env=False) as client:
        taken = await asyncio.gather(*(_resident(client, turns) for _ in range(count)))
    times = np.concatenate(taken) * 1000
    return {"p50": round(float(np.median(times))), "p95": round(float(np.percentile(times, 95)))}


async def _resident(client: httpx.AsyncClient, turns: int) -> list[float]:
    times = []
    for turn in range(turns):
        body = {
            "conversation": uuid.uuid4().hex,
            "text": _QUESTIONS[turn % len(_QUESTIONS)],
            "client_message_id": uuid.uuid4().hex,
        }
        started = time.perf_counter()
        (await client.post("/api/v1/messages", json=body)).raise_for_status()
        times.append(time.perf_counter() - started)
    return times


def _memory(pid: int) -> int:
    process = psutil.Process(pid)
    return int(process.memory_info().rss // 1_000_000)


if __name__ == "__main__":
    main()
