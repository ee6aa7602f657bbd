"""Every channel's one way in (登记): visit, call, letter, e-mail, web post, transfer from above."""
