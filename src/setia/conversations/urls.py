"""URLs of conversations, below `/<shop>/chats/`."""

from django.urls import path

from setia.conversations.views import automatic, by_hand, chats, connecting, costs, entries, exports, files, notices

app_name = "conversations"
urlpatterns = [
    path("", chats.chat_list, name="list"),
    path("by-hand/", by_hand.by_hand, name="by_hand"),
    path("by-hand/<int:pk>/opening/", by_hand.opened, name="opened"),
    path("by-hand/<int:pk>/sending/", by_hand.sent, name="sent"),
    path("by-hand/<int:pk>/omission/", by_hand.not_sent, name="not_sent"),
    path("by-hand/<int:pk>/wrong-number/", by_hand.wrong_number, name="wrong_number"),
    path("by-hand/<int:pk>/return/", by_hand.put_back, name="put_back"),
    path("automatic/", automatic.auto_replies, name="auto_replies"),
    path("automatic/<slug:trigger>/", automatic.auto_reply, name="auto_reply"),
    path("costs/", costs.sending, name="sending"),
    path("costs/rates/", costs.rates, name="rates"),
    path("notices/<int:pk>/reading/", notices.seen, name="notice_seen"),
    path("numbers/", connecting.connecting, name="connecting"),
    path("numbers/<int:pk>/heard/", connecting.heard, name="heard"),
    path("numbers/<int:pk>/disconnection/", connecting.disconnect, name="disconnect"),
    path("numbers/<int:pk>/restart/", notices.start_again, name="start_again"),
    path("links/", entries.links, name="entry_links"),
    path("links/codes/", entries.code, name="entry_code"),
    path("links/<int:pk>/", entries.link, name="entry_link"),
    path("links/<int:pk>/retirement/", entries.retire, name="entry_retire"),
    path("links/<int:pk>/return/", entries.take_back, name="entry_return"),
    path("links/<int:pk>/poster/", entries.poster, name="entry_poster"),
    path("links/<int:pk>/code.<str:form>", entries.picture, name="entry_picture"),
    path("exports/", exports.bring_in, name="exports"),
    path("exports/<int:pk>/", exports.export, name="export"),
    path("exports/<int:pk>/undoing/", exports.undo, name="export_undo"),
    path("exports/<int:pk>/dropping/", exports.drop, name="export_drop"),
    path("with/<int:pk>/", chats.start, name="start"),
    path("messages/<int:pk>/repetition/", chats.again, name="again"),
    path("files/<int:pk>/", files.file, name="file"),
    path("files/<int:pk>/small/", files.thumbnail, name="thumbnail"),
    path("<int:pk>/", chats.thread, name="thread"),
    path("<int:pk>/replies/", chats.reply, name="reply"),
    path("<int:pk>/latest/", chats.latest, name="latest"),
    path("<int:pk>/earlier/", chats.earlier, name="earlier"),
    path("<int:pk>/reading/", chats.read, name="read"),
]
