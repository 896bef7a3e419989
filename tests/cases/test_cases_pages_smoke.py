"""Tests."""
import pytest
from django.test import Client
from world import sign_in
from case_files import filed, in_state
from medevac.people.roles import Role
from medevac.cases.states import State

def test_pages(places):
    c = sign_in(Client(), places.world.people[Role.HOSPITAL_COORDINATOR])
    case = filed(places)
    for path in ["", "board/", "file/", f"{case.pk}/", *[f"{case.pk}/change/{p}/" for p in ("request","person","clinical","needs","wishes")], f"{case.pk}/act/withdraw/", f"{case.pk}/act/submit/", "?blocked=on&overdue=on&text=Zghurskyi&mission=zz&columns=name&page=99"]:
        a = c.get("/cases/"+path)
        assert a.status_code == 200, (path, a.status_code)
    assert c.get("/").status_code == 200
    assert c.get("/search/?q=Zghurskyi").status_code == 200
    assert case.pseudonym in c.get("/search/?q=Згурський").content.decode()

def test_demo(db):
    from medevac.people.demonstration import make_demonstration
    import time
    t=time.time()
    make_demonstration()
    print(time.time()-t)
    from medevac.cases.models import Case
    print(Case.unscoped.count())
    t=time.time()
    assert {c.state for c in Case.unscoped.all()} == set(State)
