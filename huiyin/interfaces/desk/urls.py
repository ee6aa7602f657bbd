"""The desk's addresses (工作台), one module for each topic."""

from huiyin.interfaces.desk.urls_account import ACCOUNT_URLS
from huiyin.interfaces.desk.urls_case import CASE_URLS
from huiyin.interfaces.desk.urls_lists import LIST_URLS
from huiyin.interfaces.desk.urls_reference import REFERENCE_URLS
from huiyin.interfaces.desk.urls_register import REGISTER_URLS

app_name = "desk"
urlpatterns = [*ACCOUNT_URLS, *LIST_URLS, *REGISTER_URLS, *CASE_URLS, *REFERENCE_URLS]
