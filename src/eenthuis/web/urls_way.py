"""Addresses of the way of a household, of homes, and of the refusals that wait for a judgement."""

from django.urls import path

from eenthuis.web.views import home_pages, homes, link_changing, recomposing, way, way_correcting

urlpatterns = [
    path("huishoudens/<str:identifier>/stappen/<slug:slug>/", way.step, name="way-step"),
    path(
        "huishoudens/<str:identifier>/stap/<int:number>/verbeteren/",
        way_correcting.correct,
        name="way-correct",
    ),
    path("huishoudens/<str:identifier>/reden-gelezen/", way.reason, name="way-reason"),
    path("huishoudens/<str:identifier>/koppeling-wijzigen/", link_changing.change_link, name="change-link"),
    path("huishoudens/<str:identifier>/samenvoegen/", recomposing.merge, name="merge"),
    path("huishoudens/<str:identifier>/splitsen/", recomposing.split, name="split"),
    path("huishoudens/<str:identifier>/terugdraaien/", recomposing.take_back, name="recompose-undo"),
    path("woningen/", homes.homes, name="homes"),
    path("woningen/toevoegen/", homes.add, name="home-add"),
    path("woningen/<str:identifier>/", home_pages.home, name="home"),
    path("woningen/<str:identifier>/wijzigen/", home_pages.change, name="home-change"),
    path("woningen/<str:identifier>/intrekken/", homes.withdraw, name="home-withdraw"),
    path("gemeenten/<str:code>/woningen/", homes.matching, name="home-matching"),
    path("weigeringen/", homes.refusals, name="refusals"),
]
