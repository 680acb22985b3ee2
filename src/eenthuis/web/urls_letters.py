"""Addresses of letters of supervision, and of checking one."""

from django.urls import path

from eenthuis.web.views import supervision_letters as views

urlpatterns = [
    path("toezicht/brieven/", views.letters, name="supervision-letters"),
    path("toezicht/brieven/voorbeeld/", views.preview, name="preview-letters"),
    path("toezicht/brieven/voorleggen/", views.write, name="write-letters"),
    path("toezicht/brieven/versturen/", views.send, name="send-letters"),
    path("toezicht/brieven/<int:number>/", views.letter, name="supervision-letter"),
    path("toezicht/brieven/<int:number>/intrekken/", views.withdraw, name="withdraw-letter"),
    path("toezicht/brieven/<int:number>/brief.<str:form>", views.letter_file, name="supervision-letter-file"),
    path("brief/controle/", views.check, name="check-letter"),
]
