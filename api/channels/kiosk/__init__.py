"""The village kiosk: its page and what stands behind it."""
