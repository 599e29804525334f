"""Everything under the kiosk, for the application to include."""

from __future__ import annotations

from fastapi import APIRouter

from api.channels.kiosk import device, page, spoken

router = APIRouter()
for _part in (page, device, spoken):
    router.include_router(_part.router)
