"""The typed interface for machines (接口)."""
