"""The law shelf (规则): dated, cited data and pure functions over it; leans on the standard library only."""
