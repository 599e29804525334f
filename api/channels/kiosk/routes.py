"""Everything under the kiosk, for the application to include."""

from __future__ import annotations

from fastapi import APIRouter

from api.channels.kiosk import call, device, handover, offline, page, paper, slip, spoken

router = APIRouter()
for _part in (page, device, spoken, handover, slip, call, paper, offline):
    router.include_router(_part.router)
