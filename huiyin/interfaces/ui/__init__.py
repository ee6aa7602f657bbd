"""The look shared by portal and desk: templates, parts, switches, error pages (界面)."""
