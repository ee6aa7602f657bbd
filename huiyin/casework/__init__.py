"""The work itself (办理): cases, matching, routing, replies, intake."""
