"""The dossier of a matter: numbered documents and attachments (案卷)."""
