"""The room `offers` as an application."""

from __future__ import annotations

from django.apps import AppConfig


class OffersConfig(AppConfig):
    """Places, asking, offers and the patient's choice."""

    name = "medevac.offers"
    label = "offers"
    default = True

    def ready(self) -> None:
        """Fill the registries of the rooms below, and this room's own."""
        from medevac.offers.api import register_own_api
        from medevac.offers.fit_panel import register_fit_pages
        from medevac.offers.own_closing import register_own_closers
        from medevac.offers.own_kinds import register_own_kinds
        from medevac.offers.own_pages import register_own_pages
        from medevac.offers.own_panels import register_own_panels
        from medevac.offers.own_record import tell_the_record
        from medevac.offers.own_traces import register_own_traces
        from medevac.offers.own_ways import register_own_ways
        from medevac.offers.place_pages import register_place_pages
        from medevac.offers.policy import register_own_rules
        from medevac.offers.services.demonstration_asks import register_asks_maker
        from medevac.offers.services.demonstration_offers import register_offers_maker
        from medevac.offers.services.demonstration_places import register_places_maker

        register_own_rules()
        register_own_closers()
        register_own_kinds()
        register_own_traces()
        register_own_pages()
        register_own_panels()
        register_own_ways()
        register_place_pages()
        register_fit_pages()
        tell_the_record()
        register_own_api()
        register_places_maker()
        register_asks_maker()
        register_offers_maker()
