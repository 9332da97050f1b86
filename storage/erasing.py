"""What was erased shall be gone from the disk too, not only from the answers to our questions.

SQLite overwrites what is deleted (secure_delete), but in the write-ahead log the old pages stand until the log is
emptied. PostgreSQL overwrites dead rows when it vacuums; a dump never holds them.
"""

from __future__ import annotations

ERASED = "erased"  # what a session has touched that took somebody's words away
