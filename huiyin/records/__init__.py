"""What the office stands on (基础): texts, agencies, accounts, ledger, vault, documents."""
