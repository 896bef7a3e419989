"""The addresses of this room."""

from __future__ import annotations

from django.urls import path

from medevac.people.views import account, addresses, members, organisations, oversight, sessions

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/address/", addresses.own_address, name="own_address"),
    path("account/address/withdraw/", addresses.withdraw, name="withdraw_address"),
    path("account/sessions/", sessions.sessions, name="sessions"),
    path("account/sessions/end-others/", sessions.end_others, name="end_other_sessions"),
    path("account/sessions/<uuid:public_id>/end/", sessions.end, name="end_session"),
    path("account/sign-out-everywhere/", account.sign_out_everywhere, name="sign_out_everywhere"),
    path("address/confirm/", addresses.confirm, name="confirm_address"),
    path("address/<str:token>/", addresses.open_link, name="open_address"),
    path("second-factor/", account.second_factor, name="second_factor"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/<uuid:public_id>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:public_id>/add/", organisations.add_organisation, name="add_organisation"),
    path(
        "organisations/<uuid:public_id>/admit/", organisations.admit_organisation, name="admit_organisation"
    ),
    path(
        "organisations/<uuid:public_id>/change/",
        organisations.change_organisation,
        name="change_organisation",
    ),
    path("organisations/<uuid:public_id>/move/", organisations.move_organisation, name="move_organisation"),
    path(
        "organisations/<uuid:public_id>/close/", organisations.close_organisation, name="close_organisation"
    ),
    path("organisations/<uuid:public_id>/invite/", members.invite, name="invite"),
    path("invitations/", members.invitations, name="invitations"),
    path("invitations/<uuid:public_id>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
    path("invitation/accept/", members.accept, name="accept"),
    path("invitation/<str:token>/", members.invitation, name="invitation"),
    path("memberships/<uuid:public_id>/end/", members.end_membership, name="end_membership"),
    path("memberships/<uuid:public_id>/confirm/", oversight.confirm, name="confirm"),
    path("person/<uuid:public_id>/", members.person, name="person"),
    path("person/<uuid:public_id>/role/", members.give_role, name="give_role"),
    path("person/<uuid:public_id>/address/", addresses.address, name="address"),
    path("person/<uuid:public_id>/end-sessions/", sessions.end_of, name="end_sessions_of"),
    path("person/<uuid:public_id>/deactivate/", members.deactivate, name="deactivate"),
    path("person/<uuid:public_id>/reactivate/", members.reactivate, name="reactivate"),
    path("review/", oversight.review, name="review"),
    path("access/", oversight.access, name="access"),
    path("access/export/", oversight.export_access, name="export_access"),
    path("emergency/", oversight.emergencies, name="emergencies"),
    path("emergency/<uuid:public_id>/answer/", oversight.acknowledge, name="acknowledge"),
    path("emergency/<uuid:public_id>/close/", oversight.end_emergency, name="end_emergency"),
    path("emergency/open/<str:kind>/<uuid:public_id>/", oversight.break_glass, name="break_glass"),
]
