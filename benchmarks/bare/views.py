"""One ORM INSERT in one transaction, and nothing else."""

import json

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from benchmarks.bare.models import Note


@csrf_exempt
def insert(request: HttpRequest) -> JsonResponse:
    """Keep the title and the text of a JSON body."""
    body = json.loads(request.body)
    with transaction.atomic():
        note = Note.objects.create(title=body["title"][:120], text=body["text"], made_at=timezone.now())
    return JsonResponse({"id": note.pk}, status=201)
