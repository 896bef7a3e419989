"""The room `people` as an application: its rules, pages and entries."""

from __future__ import annotations

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Organisations, users, roles, sign-in, and the policy."""

    name = "medevac.people"
    label = "people"
    default = True

    def ready(self) -> None:
        """Fill this room's own registries."""
        from medevac.people.demonstration import register_maker
        from medevac.people.own_cards import register_own_cards
        from medevac.people.own_pages import register_own_pages
        from medevac.people.own_record import tell_the_record
        from medevac.people.own_search import register_own_search
        from medevac.people.policy.own_rules import register_own_rules
        from medevac.people.second_factor import listen
        from medevac.people.services.demonstration import make_people

        register_maker("people", make_people, order=10)
        register_own_rules()
        register_own_pages()
        register_own_cards()
        register_own_search()
        tell_the_record()
        listen()
