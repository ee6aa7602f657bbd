"""The accounts of the staff: roles, rights, passwords, second factor (账号)."""
