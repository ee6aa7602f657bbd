"""Addresses of log-in, the own account, account management and audit (账号)."""

from django.urls import path

from huiyin.interfaces.desk import account_admin_views, account_views, audit_views

ACCOUNT_URLS = [
    path("login/", account_views.login, name="login"),
    path("logout/", account_views.logout, name="logout"),
    path("code/", account_views.code, name="code"),
    path("enrol/", account_views.enrol, name="enrol"),
    path("password/", account_views.password, name="password"),
    path("accounts/", account_admin_views.accounts, name="accounts"),
    path("accounts/new/", account_admin_views.account_new, name="account_new"),
    path("accounts/changes/", audit_views.account_changes, name="account_changes"),
    path("accounts/<int:user_id>/", account_admin_views.account, name="account"),
    path("accounts/<int:user_id>/<slug:step>/", account_admin_views.account_step, name="account_step"),
    path("audit/disclosures/", audit_views.disclosures, name="disclosures"),
    path("audit/exports/", audit_views.exports, name="exports"),
    path("audit/ledger/", audit_views.ledger, name="ledger"),
]
