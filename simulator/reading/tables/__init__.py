"""Generated character tables of the ear, as plain text; see NOTICE.md and `generate.py`."""
