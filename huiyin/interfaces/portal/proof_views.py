"""Checking what the ledger says (核验): the daily roots, a receipt line, a proof to keep."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.interfaces.portal.answering import page
from huiyin.interfaces.portal.verdicts import verdict_on
from huiyin.interfaces.portal.views import trail
from huiyin.interfaces.ui.parts import Cell, Column, Table
from huiyin.records.ledger.proof import Proof
from huiyin.records.ledger.selectors import seals_published

LONGEST = 200_000


class ProofForm(forms.Form):
    """A receipt line or a proof that was kept (凭证)."""

    use_required_attribute = False
    text = forms.CharField(
        label=gettext_lazy("登记凭证上的记录指纹，或者保存过的证明文件内容"),
        help_text=gettext_lazy("形如 123.1.9f2c…，整行粘贴；扫凭证上的二维码也可以。"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        max_length=LONGEST,
        error_messages={
            "required": gettext_lazy("请粘贴登记凭证上的那一行。"),
            "max_length": gettext_lazy("内容太长，这不像一份凭证或者证明。"),
        },
    )


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """The daily roots, published for everybody to keep (每日封存公告)."""
    seals = seals_published()
    rows = tuple(
        (
            Cell(day=seal.day),
            Cell(str(seal.size)),
            Cell(seal.root.hex()),
            Cell(seal.previous_root.hex() if any(seal.previous_root) else "—"),
        )
        for seal in seals
    )
    columns = (
        Column(_("日期"), is_heading=True),
        Column(_("事项数"), is_number=True),
        Column(_("当日根值")),
        Column(_("前一次根值")),
    )
    table = Table(_("每日封存的根值"), columns, rows)
    return render(
        request,
        "portal/verify.html",
        {"table": table, "has_seals": bool(seals), "trail": trail(_("每日封存公告"))},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def proof(request: HttpRequest) -> HttpResponse:
    """Does the entry on this receipt stand, and the proof of it to keep (核验登记凭证)."""
    form = ProofForm(request.POST or None)
    verdict = verdict_on(form.cleaned_data["text"]) if form.is_bound and form.is_valid() else None
    if verdict and verdict.proof and request.POST.get("go") == "download":
        return proof_file(verdict.proof)
    context = {
        "form": form,
        "verdict": verdict,
        "proof_text": verdict.proof.as_text() if verdict and verdict.proof else "",
        "trail": trail(_("核验登记凭证")),
    }
    return page(request, "portal/proof.html", context, 422 if form.errors else 200)


def proof_file(found: Proof) -> HttpResponse:
    """The proof as a file that `huiyin verify --proof` checks offline."""
    name = f"huiyin-proof-{found.matter}-{found.sequence}.json"
    return HttpResponse(
        found.as_text(),
        content_type="application/json",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )
